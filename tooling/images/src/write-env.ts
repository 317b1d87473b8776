import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { composeEnvironment, toEnvFile } from "./compose-env.ts";

const HELP = `Writes the secrets that docker-compose.yml needs, new and random, readable by you alone.

  npm run compose-env [-- --file .env]

  --file FILE   .env unless said; a file that is there is kept, since the stores keep their first passwords
  --help        this text`;

const { values } = parseArgs({
  options: { file: { type: "string", default: ".env" }, help: { type: "boolean", default: false } },
});

if (values.help) console.log(HELP);
else process.exitCode = write(values.file);

function write(file: string): number {
  try {
    writeFileSync(file, toEnvFile(composeEnvironment()), { mode: 0o600, flag: "wx" });
    console.log(`${file} is written. Go on with: docker compose up --build`);
    return 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    console.error(`${file} is there already and is kept. To start anew: docker compose down --volumes, and remove it.`);
    return 1;
  }
}
