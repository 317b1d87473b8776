import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { dispatch } from "./commands/dispatch.ts";
import { serveConnection } from "./connection.ts";
import { closeIdleCursors } from "./cursors.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { JournalRecord } from "./journal-records.ts";
import { applyRecord, createStore, type Store, snapshotRecords, storedBytes } from "./store.ts";
import { type Doc, decodeDocument, isDoc } from "./values.ts";

export interface EmbeddedMongoOptions {
  /** 0 or missing: any free port. */
  port?: number;
  /** Loopback unless given: there is no authentication. */
  host?: string;
  /** Where the journal lives; without it everything is kept in memory and forgotten at the end. */
  dataDir?: string;
}

export interface EmbeddedMongo {
  /** A connection string, without a database. */
  url: string;
  port: number;
  /** Hangs up on clients, flushes the journal to the disk and lets go of the port and the directory; once. */
  close(): Promise<void>;
}

/**
 * Starts a MongoDB server in this process. Rejects when the port or the data directory is in use, or the journal is
 * damaged.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions = {}): Promise<EmbeddedMongo> {
  const { port = 0, host = "127.0.0.1", dataDir } = options;
  const store = createStore();
  const journal = dataDir === undefined ? undefined : attachJournal(store, dataDir);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveConnection(socket, (command) => answer(store, journal, command));
  });
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    await journal?.close();
    throw error;
  }
  const sweeper = setInterval(() => closeIdleCursors(store.cursors), 60_000).unref();
  async function close(): Promise<void> {
    clearInterval(sweeper);
    server.close();
    for (const socket of sockets) socket.destroy();
    await journal?.close();
  }
  let closed: Promise<void> | undefined;
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `mongodb://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function attachJournal(store: Store, dataDir: string): Journal {
  const journal = openJournal({
    dataDir,
    onRecord: (bytes) => applyRecord(store, decodeDocument(bytes) as JournalRecord, bytes.length),
    snapshot: () => snapshotRecords(store),
    liveBytes: () => storedBytes(store),
  });
  store.append = journal.append;
  return journal;
}

// What a command changed is in the file before it is answered; with `j: true` it is on the disk itself.
function answer(store: Store, journal: Journal | undefined, command: Doc): Doc | Promise<Doc> {
  const reply = dispatch(store, command);
  const committed = journal?.committed();
  if (!journal || !committed) return reply;
  const { writeConcern } = command;
  const isJournaled = isDoc(writeConcern) && writeConcern.j === true;
  return committed.then(() => (isJournaled ? journal.synced() : undefined)).then(() => reply);
}
