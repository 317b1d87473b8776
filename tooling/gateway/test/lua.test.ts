import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LuaEngine, LuaFactory } from "wasmoon";
import { parse } from "yaml";
import { describeProblem } from "../src/describe-problem.ts";
import type { Exchange, Headers } from "../src/exchange.ts";
import { knowCaller } from "../src/know-caller.ts";
import { readCookie } from "../src/tokens.ts";
import { resolveVaultReferences } from "../src/vault-references.ts";
import { environment, kongFile, signToken } from "./gateway-for-tests.ts";

const read = (file: string) => readFileSync(new URL(`../../../deploy/kong/${file}`, import.meta.url), "utf8");

/** What the functions use of Kong, over callbacks of ours; nginx's own parts are done as nginx does them. */
const KONG = `
kong = {
  ctx = { shared = {} },
  request = { get_header = request_header },
  service = { request = { set_header = set_upstream, clear_header = clear_upstream } },
  response = {
    get_status = function() return status end,
    get_source = function() return source end,
    get_header = response_header,
    set_header = set_response,
    add_header = set_response,
    set_raw_body = set_body,
  },
}
ngx = {
  var = setmetatable({}, { __index = function(_, name) return cookie(name) end }),
  re = {
    find = regex_find,
    match = function(text, pattern)
      local group = regex_group(text, pattern)
      return group and { group }
    end,
  },
  decode_base64 = decode_base64,
}
`;

/** As ngx.decode_base64: up to the first "=", nil for what is none. */
function decodeBase64(text: string): string | undefined {
  const digits = text.replace(/=.*$/s, "");
  const isValid = /^[A-Za-z0-9+/]*$/.test(digits) && digits.length % 4 !== 1;
  return isValid ? Buffer.from(digits, "base64").toString("latin1") : undefined;
}

let lua: LuaEngine;
beforeAll(async () => {
  lua = await new LuaFactory().createEngine();
  const globals = {
    regex_find: (text: string, pattern: string) => (new RegExp(pattern).test(text) ? 1 : undefined),
    regex_group: (text: string, pattern: string) => new RegExp(pattern).exec(text)?.[1],
    decode_base64: decodeBase64,
  };
  for (const [name, value] of Object.entries(globals)) lua.global.set(name, value);
});
afterAll(() => lua.global.close());

function exchangeOf(headers: Record<string, string>): Exchange {
  return {
    request: { headers } as unknown as IncomingMessage,
    response: {} as ServerResponse,
    clientAddress: "127.0.0.1",
    startedAtMs: 0,
    upstreamHeaders: { ...headers },
    hasToken: false,
    hasAuthorization: false,
    isPreflight: false,
  };
}

function prepare(headers: Record<string, string>, upstream: Headers): void {
  lua.global.set("request_header", (name: string) => headers[name.toLowerCase()]);
  lua.global.set("cookie", (name: string) => readCookie(headers.cookie ?? "", name.replace("cookie_", "")));
  lua.global.set("set_upstream", (name: string, value: string) => {
    upstream[name] = value;
  });
  lua.global.set("clear_upstream", (name: string) => {
    delete upstream[name];
  });
}

interface Shared {
  has_token?: boolean;
  bearer?: boolean;
  session_cookie?: string;
}

function runKnowCaller(headers: Record<string, string>): { upstream: Headers; shared: Shared } {
  const upstream: Headers = { ...headers };
  prepare(headers, upstream);
  lua.doStringSync(KONG);
  lua.doStringSync(read("lua/know-caller.lua"));
  const shared = lua.doStringSync(
    "local s = kong.ctx.shared; return { has_token = s.has_token, bearer = s.bearer, session_cookie = s.session_cookie }",
  );
  return { upstream, shared };
}

const segment = fc.oneof(
  fc.constantFrom(...signToken("7f0c2b52-0000-7000-8000-000000000001").split(".")),
  fc
    .constantFrom('{"sub":"a-1"}', '{ "sub" : "b" , "x":1}', '{"x":"y"}', '{"sub":"ü"}', '{"sub":7}', "")
    .map((json) => Buffer.from(json).toString("base64url")),
  fc.stringMatching(/^[A-Za-z0-9_+/-]{0,9}$/),
);
const token = fc.oneof(
  fc.constantFrom(signToken("same"), signToken("other")),
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(".")),
);
const authorization = fc
  .tuple(fc.constantFrom("Bearer ", "bearer  ", "BEARER ", " Bearer ", "Bearer", "Basic ", "x Bearer "), token)
  .map((parts) => parts.join(""));
const cookie = fc
  .array(
    fc.tuple(
      fc.constantFrom("session", "__Host-session", "Session", "xsession", "a"),
      fc.constantFrom("=", " = "),
      token,
    ),
  )
  .map((pairs) => pairs.map((pair) => pair.join("")).join("; "));
const uuid = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.stringMatching(/^[a-f0-9-]{1,40}$/),
);
const headers = fc.record(
  { authorization, cookie, "x-request-id": uuid, "x-rate-limit-key": fc.constant("forged") },
  { requiredKeys: [] },
);

describe("know-caller.lua", () => {
  it("decides what the gateway's equal of it decides", () => {
    const counted = { keys: 0 };
    fc.assert(
      fc.property(headers, (sent) => {
        const { upstream, shared } = runKnowCaller(sent);
        const exchange = exchangeOf(sent);
        knowCaller(exchange);
        expect(upstream).toEqual(exchange.upstreamHeaders);
        expect(shared.has_token).toBe(exchange.hasToken);
        expect(shared.bearer ?? false).toBe(exchange.hasAuthorization);
        expect(shared.session_cookie ?? undefined).toBe(exchange.sessionCookie);
        if ("x-rate-limit-key" in upstream) counted.keys++;
      }),
      { numRuns: 1500 },
    );
    expect(counted.keys).toBeGreaterThan(50);
  });

  it("takes the subject of a real token, and nothing a client sent", () => {
    const sent = {
      cookie: `a=1; __Host-session=${signToken("4f6c")}`,
      "x-rate-limit-key": "forged",
      "x-request-id": "x",
    };
    expect(runKnowCaller(sent)).toEqual({
      upstream: { cookie: sent.cookie, "x-rate-limit-key": "4f6c" },
      shared: { has_token: true, session_cookie: "__Host-session" },
    });
  });
});

describe("describe-problem.lua and send-problem.lua", () => {
  const statuses = [400, 401, 403, 404, 405, 408, 413, 414, 417, 429, 431, 494, 500, 502, 503, 504];
  const sent = [
    {},
    { cookie: "session=a.b.c" },
    { cookie: "__Host-session=a.b.c" },
    { cookie: "session=a.b.c", authorization: "Bearer a.b.c" },
    { authorization: "Basic x" },
  ];

  it.each(statuses)("tell what the gateway tells of status %i", (status) => {
    for (const request of sent) {
      const answer: Headers = { "x-request-id": "id-1" };
      let body = "";
      runKnowCaller(request);
      lua.global.set("status", status);
      lua.global.set("source", "exit");
      lua.global.set("response_header", (name: string) => answer[name]);
      lua.global.set("set_response", (name: string, value: string | number) => {
        answer[name] = String(value);
      });
      lua.global.set("set_body", (text: string) => {
        body = text;
      });
      lua.doStringSync(KONG.replace("shared = {}", "shared = kong.ctx.shared"));
      lua.doStringSync(read("lua/describe-problem.lua"));
      lua.doStringSync(read("lua/send-problem.lua"));
      const exchange = exchangeOf(request);
      knowCaller(exchange);
      const expected: Headers = { "x-request-id": "id-1" };
      expect(body).toBe(describeProblem(exchange, status, expected));
      expect(answer).toEqual(expected);
    }
  });

  it.each([
    ["a success", 200, "exit"],
    ["a service's own failure", 409, "service"],
  ])("leave %s alone", (_what, status, source) => {
    const touched: string[] = [];
    runKnowCaller({});
    lua.global.set("status", status);
    lua.global.set("source", source);
    lua.global.set("set_response", (name: string) => touched.push(name));
    lua.global.set("set_body", (text: string) => touched.push(text));
    lua.doStringSync(KONG);
    lua.doStringSync(read("lua/describe-problem.lua"));
    lua.doStringSync(read("lua/send-problem.lua"));
    expect(touched).toEqual([]);
  });
});

describe("render.lua", () => {
  const render = (env: Record<string, string>): string => {
    lua.global.set("kong_yml", readFileSync(kongFile, "utf8"));
    lua.global.set("getenv", (name: string) => env[name]);
    return lua.doStringSync(`local render = (function() ${read("render.lua")} end)() return render(kong_yml, getenv)`);
  };
  const withoutPasswords = (document: unknown) =>
    JSON.parse(
      JSON.stringify(document, (key, value) => (key === "username" || key === "password" ? undefined : value)),
    );

  it.each<[string, Record<string, string>]>([
    ["the least that must be set", { REDIS_HOST: "redis" }],
    [
      "everything",
      { REDIS_HOST: "r", REDIS_PORT: "7000", REDIS_DATABASE: "3", REDIS_SSL: "true", REDIS_PASSWORD: 'p"\\' },
    ],
    ["a second key", { REDIS_HOST: "r", JWT_KEY_ID_2: "key-2", JWT_PUBLIC_KEY_2: environment.JWT_PUBLIC_KEY_1 }],
    ["one origin", { REDIS_HOST: "r", CORS_ORIGINS: "https://one.example" }],
  ])("fills in what the local gateway fills in, with %s", (_what, variables) => {
    const env = { ...environment, ...variables };
    const kong = parse(readFileSync(kongFile, "utf8"));
    expect(withoutPasswords(parse(render(env)))).toEqual(withoutPasswords(resolveVaultReferences(kong, env)));
  });

  it("leaves the password to Kong, and says that there is none", () => {
    const redis = (env: Record<string, string>) =>
      parse(render({ ...environment, REDIS_HOST: "r", ...env })).consumers[0].plugins[0].config.redis;
    expect(redis({ REDIS_PASSWORD: "hidden", REDIS_USERNAME: "kong" })).toMatchObject({
      username: "{vault://env/redis-username}",
      password: "{vault://env/redis-password}",
    });
    expect(redis({})).toMatchObject({ username: null, password: null });
  });

  it("names what is missing and refuses what cannot be", () => {
    expect(() => render({})).toThrow(/CORS_ORIGINS/);
    expect(() => render({ ...environment, REDIS_HOST: "r", REDIS_PORT: "x\n  evil: true" })).toThrow(/redis-port/);
  });

  it("keeps a value from becoming more than a value", () => {
    const rendered = parse(render({ ...environment, REDIS_HOST: 'r"\n          evil: true #' }));
    expect(rendered.consumers[0].plugins[0].config.redis).toMatchObject({ host: 'r"\n          evil: true #' });
  });
});
