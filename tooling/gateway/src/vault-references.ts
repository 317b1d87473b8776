const REFERENCE = /^\{vault:\/\/env\/([a-z0-9-]+)\}$/;

/** What a reference means while its variable is not set. A second key is there only while keys are being changed. */
const DEFAULTS: Readonly<Record<string, string | ((env: Environment) => string | undefined)>> = {
  REDIS_PORT: "6379",
  REDIS_USERNAME: "",
  REDIS_PASSWORD: "",
  REDIS_DATABASE: "0",
  REDIS_SSL: "false",
  JWT_KEY_ID_2: "unused",
  JWT_PUBLIC_KEY_2: (env) => env.JWT_PUBLIC_KEY_1,
};
/** Fields that are not text. */
const TYPED = new Set(["port", "database", "ssl", "ssl_verify"]);

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The document with every `{vault://env/some-name}` replaced by the variable `SOME_NAME`, as deploy/kong/start.sh does for
 * Kong: a number or boolean where the field is one, and several list items where a comma-separated variable stands in a
 * list. Throws an Error that names every variable that is missing.
 */
export function resolveVaultReferences(document: unknown, env: Environment): unknown {
  const missing = new Set<string>();
  const variableFor = (text: string): string => {
    const variable = REFERENCE.exec(text)?.[1]?.toUpperCase().replaceAll("-", "_");
    if (variable === undefined) return text;
    const preset = DEFAULTS[variable];
    const value = env[variable] || (typeof preset === "function" ? preset(env) : preset);
    if (value === undefined) missing.add(variable);
    return value ?? "";
  };
  const resolve = (node: unknown, key?: string): unknown => {
    if (typeof node === "string") {
      const value = variableFor(node);
      return key !== undefined && TYPED.has(key) ? JSON.parse(value) : value;
    }
    if (Array.isArray(node))
      return node.flatMap((item) => (isReference(item) ? variableFor(item).split(",") : [resolve(item)]));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, resolve(value, name)]));
  };
  const resolved = resolve(document);
  if (missing.size > 0) throw new Error(`kong.yml needs these variables: ${[...missing].sort().join(", ")}`);
  return resolved;
}

const isReference = (value: unknown): value is string => typeof value === "string" && REFERENCE.test(value);

/** The variables that kong.yml's Redis settings come from, for a `redis://` or `rediss://` URL. */
export function redisVariables(redisUrl: string): Record<string, string> {
  const { protocol, hostname, port, username, password, pathname } = new URL(redisUrl);
  return {
    REDIS_HOST: hostname,
    REDIS_PORT: port || "6379",
    REDIS_USERNAME: decodeURIComponent(username),
    REDIS_PASSWORD: decodeURIComponent(password),
    REDIS_DATABASE: pathname.slice(1) || "0",
    REDIS_SSL: String(protocol === "rediss:"),
  };
}
