import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** Somebody who has an account at the provider. */
export interface Person {
  email: string;
  emailVerified: boolean;
  name: string;
}

export interface OpenidServer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop: () => Promise<void>;
}

/**
 * A certified OpenID provider on a free port of this machine, with pages to sign in and to consent. It insists on PKCE and
 * knows one client, whose browsers it sends back to `redirectUri`; on this machine that may be any port. `personOf` says who
 * signs in with a login, which becomes their `sub`; any password does.
 */
export async function startOpenidServer(
  redirectUri: string,
  personOf: (login: string) => Person | undefined,
): Promise<OpenidServer> {
  const http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ["tradepost-test", "a secret of the test"];
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        // RFC 8252, 7.3: the port of a loopback address may be another each time.
        application_type: redirectUri.startsWith("http:") ? "native" : "web",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_context, login) => {
      const person = personOf(login);
      if (!person) return undefined;
      const { email, emailVerified, name } = person;
      return { accountId: login, claims: () => ({ sub: login, email, email_verified: emailVerified, name }) };
    },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ["cookies of a test"] },
  });
  http.on("request", provider.callback());
  return {
    ...{ issuer, clientId, clientSecret },
    stop: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

/** Signs somebody in at the provider as a browser would, from the authorization address to the one it sends back to. */
export async function signInAtProvider(authorizationUrl: string, login: string): Promise<URL> {
  const { origin } = new URL(authorizationUrl);
  const cookies = new Map<string, string>();
  const go = async (url: URL, form?: Record<string, string>): Promise<URL> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const body = form && { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(url, { ...body, headers: { cookie }, redirect: "manual" });
    for (const each of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`the provider answered ${response.status} and leads nowhere`);
    return new URL(location, url);
  };
  let at = await go(new URL(authorizationUrl));
  for (const form of [{ prompt: "login", login, password: "any" }, { prompt: "consent" }]) {
    at = await go(await go(at, form));
    if (at.origin !== origin) return at;
  }
  return at;
}
