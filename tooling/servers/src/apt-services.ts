import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

// invoke-rc.d(8) asks this program before it starts anything; 101 means that the action is forbidden.
const DENY = "#!/bin/sh\n# Tradepost: while it installs packages, no service is started.\nexit 101\n";

/**
 * Runs `work` while Debian's policy forbids packages to start their services, then puts the machine's own policy back.
 * A run that was cut short is put right by the next one.
 */
export async function withoutServices<T>(policyFile: string, work: () => Promise<T>): Promise<T> {
  const kept = `${policyFile}.tradepost-kept`;
  if (existsSync(policyFile) && readFileSync(policyFile, "utf8") !== DENY) renameSync(policyFile, kept);
  writeFileSync(policyFile, DENY, { mode: 0o755 });
  try {
    return await work();
  } finally {
    if (existsSync(kept)) renameSync(kept, policyFile);
    else rmSync(policyFile);
  }
}
