import { connect } from "node:net";

const PATIENCE_MS = 1_000;

/**
 * Sends `message` to a port on 127.0.0.1 and returns what has come back once that contains `expected`; undefined when it
 * doesn't within a second, or nobody listens. To see whether a server speaks its protocol, without a client library.
 */
export function talk(port: number, message: string, expected: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(message, "latin1"));
    const finish = (answer?: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, finish);
    socket.on("error", () => finish());
    socket.on("close", () => finish());
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (received.includes(expected)) finish(received);
    });
  });
}
