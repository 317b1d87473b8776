// The way in: `npm start` and `npm test` come here on whatever Node ≥ 20 the machine has. It installs the workspace
// with pnpm and goes on under the Node that the lockfile pins, so nothing but Node itself has to be there before.
// Plain JavaScript without dependencies, because it runs before the install.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { name: pm, version: pmVersion } = JSON.parse(readFileSync(`${root}package.json`, "utf8")).devEngines
  .packageManager;
const PNPM = `${pm}@${pmVersion}`;

/** What each command runs under the pinned Node. `bin` names a package's program, `file` a source of ours. */
const COMMANDS = {
  start: { file: "tooling/local-stack/src/main.ts", args: ["start"] },
  stop: { file: "tooling/local-stack/src/main.ts", args: ["stop"] },
  doctor: { file: "tooling/local-stack/src/main.ts", args: ["doctor"] },
  stores: { file: "packages/testing/src/stores-command.ts", args: [] },
  test: { file: "tooling/bootstrap/test.ts", args: [] },
  verify: { file: "tooling/bootstrap/verify.ts", args: [] },
  openapi: { file: "tooling/openapi/src/main.ts", args: [] },
  configuration: { file: "tooling/configuration/src/main.ts", args: [] },
  ops: { file: "tooling/ops/src/main.ts", args: [] },
  "compose-env": { file: "tooling/images/src/write-env.ts", args: [] },
  "rotate-keys": { file: "services/user/src/rotate-keys.ts", args: [] },
  bench: { file: "bench/src/main.ts", args: [] },
  faults: { file: "e2e/faults/src/main.ts", args: [] },
};

const [name = "", ...rest] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) fail(`usage: node tooling/bootstrap/run.mjs ${Object.keys(COMMANDS).join("|")} [options]`);
if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Tradepost needs Node 20 or newer to start; this is ${process.version}.`);

install();
run(pinnedNode(), [command.file, ...command.args, ...rest]);

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** Installs when the lockfile has changed since the last install; says so, since it can take a minute. */
function install() {
  const stamp = `${root}node_modules/.tradepost-installed`;
  const wanted = `${readFileSync(`${root}pnpm-lock.yaml`, "utf8").length}:${statSync(`${root}pnpm-lock.yaml`).mtimeMs}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("Installing packages (the first time takes a minute)…");
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const done = spawnSync(npx, ["-y", PNPM, "install", "--frozen-lockfile", "--reporter=append-only"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "true" },
  });
  if (done.status !== 0) fail(`The install failed:\n${done.stdout ?? ""}${done.stderr ?? ""}${done.error ?? ""}`);
  mkdirSync(`${root}node_modules`, { recursive: true });
  writeFileSync(stamp, wanted);
}

function pinnedNode() {
  const require = createRequire(`${root}package.json`);
  let node;
  try {
    node = require.resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
    fail(`There is no packaged Node 26 for ${process.platform}-${process.arch}: install Node 26 and run this again.`);
  }
  const probe = () => spawnSync(node, ["--version"], { encoding: "utf8" });
  let tried = probe();
  if (tried.status !== 0 && `${tried.stderr}`.includes("libatomic")) {
    installLibatomic();
    tried = probe();
  }
  if (tried.status !== 0) fail(`The packaged Node 26 does not run here:\n${tried.stderr}${tried.error ?? ""}`);
  return node;
}

/** The one library that Node 26 needs and a minimal Debian lacks. */
function installLibatomic() {
  const isDebian = existsSync("/etc/debian_version");
  if (!isDebian || process.getuid?.() !== 0)
    fail("Node 26 needs the library libatomic: install it (Debian, Ubuntu: sudo apt-get install libatomic1).");
  console.log("Installing libatomic1, which Node 26 needs…");
  for (const args of [
    ["update", "-q"],
    ["install", "-y", "-q", "--no-install-recommends", "libatomic1"],
  ]) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const done = spawnSync("apt-get", args, { encoding: "utf8", env });
    if (done.status !== 0) fail(`apt-get ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
  }
}

function run(node, args) {
  const path = `${node.slice(0, node.lastIndexOf("/"))}:${root}node_modules/.bin:${process.env.PATH}`;
  const child = spawn(node, args, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path } });
  // A terminal sends Ctrl-C to the whole group, this process only waits then; any other signal is meant to be passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY) || child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : code));
}
