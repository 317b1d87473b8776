import { z } from "zod";

/**
 * The part of Kong 3.9's declarative format that Tradepost uses and this gateway does. Everything else is refused, so
 * that nothing in kong.yml works in production only.
 */
const rateLimiting = z.strictObject({
  minute: z.int().positive(),
  limit_by: z.enum(["ip", "header"]),
  header_name: z.string().optional(),
  policy: z.literal("redis"),
  fault_tolerant: z.boolean(),
  hide_client_headers: z.boolean(),
  error_code: z.literal(429),
  error_message: z.string(),
  redis: z.strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535),
    username: z.string(),
    password: z.string(),
    database: z.int().min(0),
    ssl: z.boolean(),
    ssl_verify: z.boolean(),
    timeout: z.int().positive(),
  }),
});

const jwt = z.strictObject({
  key_claim_name: z.string(),
  claims_to_verify: z.array(z.enum(["exp", "nbf"])),
  maximum_expiration: z.int().min(0),
  uri_param_names: z.tuple([]),
  header_names: z.tuple([z.literal("authorization")]),
  cookie_names: z.array(z.string()),
  run_on_preflight: z.literal(false),
  /** The consumer that a caller without a valid token becomes; without it, such a caller is refused. */
  anonymous: z.string().optional(),
});

const cors = z.strictObject({
  origins: z.array(z.string().regex(/^https?:\/\/[A-Za-z0-9.:-]+$/, "an origin, e.g. https://shop.example")).min(1),
  methods: z.array(z.enum(["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE"])),
  headers: z.array(z.string()),
  exposed_headers: z.array(z.string()),
  credentials: z.boolean(),
  max_age: z.int().positive(),
  preflight_continue: z.literal(false),
});

const headerNames = z.array(z.string().regex(/^[a-z0-9-]+$/));
const luaFunctions = z.array(z.string()).max(1);

/** Each plugin's configuration, by its name. */
export const PLUGIN_CONFIGS = {
  "pre-function": z.strictObject({ access: luaFunctions }),
  "correlation-id": z.strictObject({
    header_name: z.string(),
    generator: z.literal("uuid"),
    echo_downstream: z.boolean(),
  }),
  cors,
  jwt,
  "request-size-limiting": z.strictObject({
    allowed_payload_size: z.int().positive(),
    size_unit: z.enum(["megabytes", "kilobytes", "bytes"]),
    require_content_length: z.literal(false),
  }),
  "rate-limiting": rateLimiting.refine((config) => config.limit_by !== "header" || config.header_name, "header_name?"),
  "request-transformer": z.strictObject({ remove: z.strictObject({ headers: headerNames }) }),
  "response-transformer": z.strictObject({
    remove: z.strictObject({ headers: headerNames }),
    add: z.strictObject({ headers: z.array(z.string().regex(/^[a-z0-9-]+:\S/)) }),
  }),
  prometheus: z.strictObject({
    status_code_metrics: z.boolean(),
    latency_metrics: z.boolean(),
    bandwidth_metrics: z.boolean(),
    upstream_health_metrics: z.boolean(),
    per_consumer: z.literal(false),
  }),
  "post-function": z.strictObject({ header_filter: luaFunctions, body_filter: luaFunctions }),
} as const;

export type PluginName = keyof typeof PLUGIN_CONFIGS;
export type PluginConfig<N extends PluginName> = z.output<(typeof PLUGIN_CONFIGS)[N]>;
/** One configured plugin, of any kind. */
export type Plugin = { [N in PluginName]: { name: N; config: PluginConfig<N> } }[PluginName];

const named = Object.entries(PLUGIN_CONFIGS).map(([name, config]) => z.strictObject({ name: z.literal(name), config }));
const PluginSchema = z.discriminatedUnion("name", named as [(typeof named)[number]]) as unknown as z.ZodType<Plugin>;

const Route = z.strictObject({
  name: z.string(),
  methods: z.array(z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])),
  paths: z.tuple([z.string().regex(/^~\/.*\$$/, "an anchored regular expression: ~/path$")]),
  regex_priority: z.int(),
  strip_path: z.literal(false),
  preserve_host: z.literal(false),
  tags: z.array(z.string()),
  plugins: z.array(PluginSchema).default([]),
});

const Service = z.strictObject({
  name: z.string(),
  url: z.url({ protocol: /^http$/ }),
  connect_timeout: z.int().positive(),
  read_timeout: z.int().positive(),
  write_timeout: z.int().positive(),
  retries: z.literal(0),
  tags: z.array(z.string()),
  routes: z.array(Route),
});

const JwtSecret = z.strictObject({
  key: z.string().min(1),
  algorithm: z.literal("ES256"),
  rsa_public_key: z.string().startsWith("-----BEGIN PUBLIC KEY-----", "a public key as PEM"),
});

const Consumer = z.strictObject({
  username: z.string(),
  jwt_secrets: z.array(JwtSecret).default([]),
  plugins: z.array(PluginSchema).default([]),
});

export const KongConfig = z.strictObject({
  _format_version: z.literal("3.0"),
  _transform: z.literal(true),
  services: z.array(Service).min(1),
  consumers: z.array(Consumer),
  plugins: z.array(PluginSchema),
});
export type KongConfig = z.output<typeof KongConfig>;
export type KongService = KongConfig["services"][number];
export type KongRoute = KongService["routes"][number];
export type KongConsumer = KongConfig["consumers"][number];
