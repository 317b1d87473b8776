/** RabbitMQ cannot be reached, or did not confirm in time: whether the message arrived is unknown. */
export class BrokerUnavailable extends Error {
  override readonly name = "BrokerUnavailable";
  readonly code = "unavailable";
  readonly unavailable = true;
}

/** Whether an error says that a store or a neighbour is down, so that it says nothing about the message itself. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && "unavailable" in error && error.unavailable === true;
