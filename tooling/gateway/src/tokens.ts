import type { IncomingHttpHeaders } from "node:http";

const BEARER = /\s*[Bb]earer\s+(.+)/;

export interface TokenSource {
  /** The different tokens of the request; more than one is never accepted. */
  tokens: ReadonlySet<string>;
  /** The first of the cookies that is there. */
  cookie: string | undefined;
}

/** The tokens a request carries, found as Kong's jwt plugin finds them: in cookies, then in Authorization. */
export function readTokens(headers: IncomingHttpHeaders, cookieNames: readonly string[]): TokenSource {
  const tokens = new Set<string>();
  let cookie: string | undefined;
  if (headers.cookie !== undefined) {
    for (const name of cookieNames) {
      const value = readCookie(headers.cookie, name);
      if (!value) continue;
      cookie ??= name;
      tokens.add(value);
    }
  }
  const bearer = headers.authorization === undefined ? undefined : BEARER.exec(headers.authorization)?.[1];
  if (bearer) tokens.add(bearer);
  return { tokens, cookie };
}

/** A cookie as nginx's `$cookie_name` reads it: the first of that name, in any case, up to the next semicolon. */
export function readCookie(header: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let start = 0; start < header.length; ) {
    if (header.slice(start, start + name.length).toLowerCase() === wanted) {
      const value = /^ *= *([^;]*)/.exec(header.slice(start + name.length));
      if (value) return value[1];
    }
    const next = header.slice(start).search(/[;,]/);
    if (next < 0) return undefined;
    start += next + 1;
    while (header[start] === " ") start++;
  }
  return undefined;
}
