import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";

const NOBODY = 65_534;

/** How to run a program that refuses to run as root. */
export interface Unprivileged {
  /** Turns a command into one that runs it without root's uid. */
  wrap(command: string, args: string[]): { command: string; args: string[] };
  /** The uid and gid to spawn with, where that is the way. */
  ids?: { uid: number; gid: number };
  /** Makes a directory writable for that user. */
  own(dir: string): void;
}

/**
 * Without root nothing changes. Root runs the program as uid 1000 of a user namespace of its own, where the files stay
 * root's outside; where the kernel forbids that (some containers) as `nobody`, who then must be able to reach the paths.
 */
export function unprivileged(): Unprivileged {
  const asItIs = (command: string, args: string[]) => ({ command, args });
  if (process.getuid?.() !== 0) return { wrap: asItIs, own: () => {} };
  const unshare = ["-U", "--map-user=1000", "--map-group=1000"];
  if (spawnSync("unshare", [...unshare, "true"]).status === 0)
    return {
      wrap: (command, args) => ({ command: "unshare", args: [...unshare, command, ...args] }),
      own: () => {},
    };
  return { wrap: asItIs, ids: { uid: NOBODY, gid: NOBODY }, own: (dir) => chownSync(dir, NOBODY, NOBODY) };
}
