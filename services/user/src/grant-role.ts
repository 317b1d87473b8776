import { parseArgs } from "node:util";
import { Role } from "@tradepost/contracts/staff";
import { createPostgres } from "@tradepost/postgres/pool";
import type { Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { runCommand } from "@tradepost/service-runtime/command";
import { loadConfig } from "@tradepost/service-runtime/config";
import { Config } from "./config.ts";
import { normaliseEmail } from "./domain/user.ts";
import { lockAdmins } from "./storage/staff-repository.ts";
import { findAccounts } from "./storage/user-repository.ts";
import { changeRoles } from "./use-cases/manage-staff.ts";

const HELP = `Makes somebody a member of staff, or no longer: for the first admin, who then does it in the shop.

  node src/grant-role.ts --email ADDRESS --role ROLE [--revoke]

  --email ADDRESS  of an account that has proved it
  --role ROLE      ${Role.options.join(", ")}
  --revoke         takes the role away; the last admin stays one
  --help           this text

A new role counts from the next sign-in with a second factor; one that is taken away counts no more at once. Both stand
in the audit log. Environment: DATABASE_URL, migrated.`;

const { values } = parseArgs({
  options: {
    ...{ email: { type: "string" }, role: { type: "string" } },
    ...{ revoke: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  },
});

const { data: role } = Role.safeParse(values.role);
const args = values.email === undefined || role === undefined ? undefined : { email: values.email, role };

await runCommand({ help: HELP, wantsHelp: values.help, args, run: grantRole });

async function grantRole({ email, role }: { email: string; role: Role }): Promise<void> {
  const { DATABASE_URL: url } = loadConfig(Config.pick({ DATABASE_URL: true }));
  const postgres = createPostgres({ url, applicationName: "grant-role", max: 1 });
  try {
    const roles = await change(postgres.transact, email, role);
    console.log(roles === null ? "no account has proved this address" : `roles: ${roles.join(", ") || "none"}`);
    if (roles === null) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.title);
    process.exitCode = 1;
  } finally {
    await postgres.end();
  }
}

function change(transact: Transact, email: string, role: Role): Promise<string[] | null> {
  return transact(async (tx) => {
    const adminIds = await lockAdmins(tx);
    const { verified } = await findAccounts(tx, normaliseEmail(email));
    if (!verified) return null;
    const rolesAfter = (before: readonly string[]) =>
      values.revoke ? before.filter((each) => each !== role) : [...new Set([...before, role])];
    const origin = { service: "user", route: "command grant-role", actorId: null, requestId: null };
    return (await changeRoles(tx, origin, { userId: verified.id, rolesAfter, adminIds, at: new Date() })).roles;
  });
}
