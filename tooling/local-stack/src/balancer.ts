import { connect, createServer, type Socket } from "node:net";

export interface Balancer {
  close(): Promise<void>;
}

/**
 * Spreads TCP connections over the replicas of a service, as a cluster's service address does: the next in turn, or the
 * one after it when that refuses.
 */
export async function startBalancer(port: number, replicaPorts: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;

  const forward = (client: Socket, attempt = 0): void => {
    const target = replicaPorts[turn++ % replicaPorts.length];
    if (target === undefined || attempt >= replicaPorts.length) return void client.destroy();
    const replica = connect(target, "127.0.0.1");
    replica.once("error", () =>
      replica.connecting || !replica.readable ? forward(client, attempt + 1) : client.destroy(),
    );
    replica.once("connect", () => {
      replica.removeAllListeners("error");
      for (const [socket, other] of [
        [client, replica],
        [replica, client],
      ] as const) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.on("error", () => other.destroy());
        socket.on("close", () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
  };

  const server = createServer({ pauseOnConnect: true }, (client) => {
    client.on("error", () => {});
    forward(client);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
