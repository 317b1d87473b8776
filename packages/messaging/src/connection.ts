import { type Channel, type ConfirmChannel, connect, type RecoveringChannelModel } from "amqplib";
import { type Log, messageOf } from "./log.ts";

export interface BrokerOptions {
  /** `amqp://` or `amqps://` with user, password and virtual host. */
  url: string;
  log: Log;
  /** Shown in RabbitMQ's list of connections: the service's name. */
  connectionName?: string;
  /** Put before the name of the exchange and of every queue, to keep several shops apart on one broker. */
  prefix?: string;
}

export interface BrokerStatus {
  connected: boolean;
  /** Why the broker accepts no messages at the moment (its memory or disk is full). */
  blocked?: string;
}

export interface Broker {
  readonly prefix: string;
  readonly log: Log;
  status(): BrokerStatus;
  /** Waits for a connection. Rejects once the broker was closed. */
  openChannel(): Promise<Channel>;
  openConfirmChannel(): Promise<ConfirmChannel>;
  /** Stop consumers, relay and publisher first. */
  close(): Promise<void>;
}

/**
 * Connects to RabbitMQ, and connects again for ever (100 ms to 10 s apart, with jitter) whenever that breaks.
 *
 * Returns at once: a service starts while its broker is down, and says so in its readiness (`status()`).
 */
export async function connectBroker({ url, log, connectionName, prefix = "" }: BrokerOptions): Promise<Broker> {
  const connection = await connect(withHeartbeat(url), {
    noDelay: true,
    keepAlive: true,
    timeout: 10_000,
    ...(connectionName === undefined ? {} : { clientProperties: { connection_name: connectionName } }),
    recovery: { initialDelay: 100, maxDelay: 10_000, factor: 2, jitter: 0.5, waitForConnect: false },
  });
  const status = trackStatus(connection, log);
  return {
    prefix,
    log,
    status: () => ({ ...status }),
    openChannel: async () => outliveErrors(await connection.createChannel()),
    openConfirmChannel: async () => outliveErrors(await connection.createConfirmChannel()),
    close: () => connection.close(),
  };
}

/** A refused operation rejects its call; unheard, the channel's error event would take the whole connection down. */
function outliveErrors<C extends Channel>(channel: C): C {
  channel.on("error", () => {});
  return channel;
}

/** The server would suggest 60 s, after which a silent network takes two minutes to be noticed. */
function withHeartbeat(url: string): string {
  const address = new URL(url);
  if (!address.searchParams.has("heartbeat")) address.searchParams.set("heartbeat", "10");
  return address.href;
}

function trackStatus(connection: RecoveringChannelModel, log: Log): BrokerStatus {
  const status: BrokerStatus = { connected: false };
  connection.on("connect", () => {
    status.connected = true;
    log.info({}, "connected to RabbitMQ");
  });
  connection.on("disconnect", (error) => {
    status.connected = false;
    delete status.blocked;
    log.warn({ reason: messageOf(error) }, "lost the connection to RabbitMQ");
  });
  connection.on("connect-failed", (error: Error) => {
    log.warn({ reason: messageOf(error) }, "cannot connect to RabbitMQ, will try again");
  });
  connection.on("blocked", (reason) => {
    status.blocked = reason;
    log.error({ reason }, "RabbitMQ accepts no messages");
  });
  connection.on("unblocked", () => {
    delete status.blocked;
    log.info({}, "RabbitMQ accepts messages again");
  });
  // A `disconnect` follows; without a listener the error would end the process.
  connection.on("error", () => {});
  connection.on("handler-error", (error: Error) => log.error({ reason: messageOf(error) }, "broken event listener"));
  return status;
}
