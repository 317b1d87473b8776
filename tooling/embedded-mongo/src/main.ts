import { parseArgs } from "node:util";
import { startEmbeddedMongo } from "./server.ts";

const HELP = `Usage: node src/main.ts [--port PORT] [--host HOST] [--data DIR]

  --port PORT   port to listen on; 0 takes a free one        (default 27017)
  --host HOST   address to listen on; there is no password   (default 127.0.0.1)
  --data DIR    keep the data in DIR; without it, in memory
  --help        show this

Prints "ready mongodb://HOST:PORT" when it listens. SIGTERM and SIGINT stop it after everything is on the disk.`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "27017" },
    host: { type: "string", default: "127.0.0.1" },
    data: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a port number, not ${values.port}`);
  const server = await startEmbeddedMongo({
    port,
    host: values.host,
    ...(values.data !== undefined && { dataDir: values.data }),
  });
  console.log(`ready ${server.url}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      server.close().then(
        () => process.exit(0),
        (error: Error) => fail(error),
      );
    });
  }
}

function fail(error: Error): void {
  console.error(`embedded-mongo: ${error.message}`);
  process.exit(1);
}

if (values.help) console.log(HELP);
else main().catch(fail);
