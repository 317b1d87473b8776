import { type Channel, type ConfirmChannel, connect, type RecoveringChannelModel } from "amqplib";
import { type Log, messageOf } from "./log.ts";
import { raceAbort } from "./race-abort.ts";

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
  /** Waits while the broker is blocked. Rejects with `BrokerUnavailable` when `signal` aborts first. */
  unblocked(signal: AbortSignal): Promise<void>;
  /** Stop consumers, relay and publisher first. */
  close(): Promise<void>;
}

/**
 * Connects to RabbitMQ, and connects again for ever (100 ms to 10 s apart, with jitter) whenever that breaks.
 *
 * Two connections: when its memory or disk is full, the broker stops reading from those that publish, and consumers
 * must be able to acknowledge all the same, or nothing would ever get better.
 * Returns at once: a service starts while its broker is down, and says so in its readiness (`status()`).
 */
export async function connectBroker(options: BrokerOptions): Promise<Broker> {
  const [publishing, consuming] = await Promise.all([
    keepConnection(options, "publish"),
    keepConnection(options, "consume"),
  ]);
  return {
    prefix: options.prefix ?? "",
    log: options.log,
    status: () => ({ ...publishing.status, connected: publishing.status.connected && consuming.status.connected }),
    unblocked: (signal) => raceAbort(publishing.unblocked(), signal),
    openChannel: async () => outliveErrors(await consuming.connection.createChannel()),
    openConfirmChannel: async () => outliveErrors(await publishing.connection.createConfirmChannel()),
    close: async () => {
      await Promise.all([publishing.connection.close(), consuming.connection.close()]);
    },
  };
}

async function keepConnection({ url, log, connectionName }: BrokerOptions, purpose: "publish" | "consume") {
  const name = connectionName === undefined ? purpose : `${connectionName} (${purpose})`;
  const connection = await connect(withHeartbeat(url), {
    noDelay: true,
    keepAlive: true,
    timeout: 10_000,
    clientProperties: { connection_name: name },
    recovery: { initialDelay: 100, maxDelay: 10_000, factor: 2, jitter: 0.5, waitForConnect: false },
  });
  return { connection, ...trackStatus(connection, log, purpose) };
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

function trackStatus(connection: RecoveringChannelModel, log: Log, purpose: string) {
  const status: BrokerStatus = { connected: false };
  let blockade: PromiseWithResolvers<void> | undefined;
  const endBlockade = () => {
    delete status.blocked;
    blockade?.resolve();
    blockade = undefined;
  };
  connection.on("connect", () => {
    status.connected = true;
    log.info({ purpose }, "connected to RabbitMQ");
  });
  connection.on("disconnect", (error) => {
    status.connected = false;
    endBlockade();
    log.warn({ purpose, reason: messageOf(error) }, "lost the connection to RabbitMQ");
  });
  connection.on("connect-failed", (error: Error) => {
    log.warn({ purpose, reason: messageOf(error) }, "cannot connect to RabbitMQ, will try again");
  });
  connection.on("blocked", (reason) => {
    status.blocked = reason;
    blockade ??= Promise.withResolvers();
    log.error({ purpose, reason }, "RabbitMQ accepts no messages");
  });
  connection.on("unblocked", () => {
    endBlockade();
    log.info({ purpose }, "RabbitMQ accepts messages again");
  });
  // A `disconnect` follows; without a listener the error would end the process.
  connection.on("error", () => {});
  connection.on("handler-error", (error: Error) => log.error({ reason: messageOf(error) }, "broken event listener"));
  return { status, unblocked: async () => blockade?.promise };
}
