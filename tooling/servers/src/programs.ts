import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type Program = "redis-server" | "rabbitmq-server" | "epmd" | "mongod" | "chromium";

// Debian's /usr/sbin/rabbitmq-server insists on its own user and paths; the script it wraps does not.
const PLACES: Record<Program, { paths: string[]; onPath: string[] }> = {
  "redis-server": { paths: [], onPath: ["redis-server"] },
  "rabbitmq-server": {
    paths: ["/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/homebrew/sbin/rabbitmq-server"],
    onPath: process.platform === "linux" ? [] : ["rabbitmq-server"],
  },
  epmd: { paths: [], onPath: ["epmd"] },
  mongod: { paths: [], onPath: ["mongod"] },
  chromium: {
    paths: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
    onPath: ["chromium", "chromium-browser", "google-chrome"],
  },
};

/** The path of an installed program; undefined when this machine doesn't have it. */
export function findProgram(program: Program, exists: (path: string) => boolean = isExecutable): string | undefined {
  const { paths, onPath } = PLACES[program];
  const directories = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  return [...paths, ...onPath.flatMap((name) => directories.map((directory) => join(directory, name)))].find(exists);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
