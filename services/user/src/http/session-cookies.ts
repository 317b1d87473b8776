import { randomBytes } from "node:crypto";
import type { SignedIn } from "@tradepost/contracts/user";
import { deviceOf } from "@tradepost/service-runtime/identify";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Origin } from "../use-cases/start-session.ts";

const YEAR_SECONDS = 31_536_000;

/** Where a request comes from, as sessions are bound to it. */
export function originOf(request: FastifyRequest): Origin {
  const { deviceKey, network } = deviceOf(request);
  return { userAgent: request.headers["user-agent"], deviceKey, network };
}

/** Cookies that scripts cannot read and other sites do not send; over HTTPS they are bound to this host by their name. */
export function createSessionCookies({ secure }: { secure: boolean }) {
  const cookie = (name: string, value: string, maxAgeSeconds: number): string =>
    `${secure ? "__Host-" : ""}${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  return {
    /** Signs a browser in; one that has no device key yet is given one, for its next sessions. */
    set: (signedIn: SignedIn, { deviceKey }: Origin, reply: FastifyReply): SignedIn => {
      const lifeSeconds = Math.max(0, Math.floor((Date.parse(signedIn.expiresAt) - Date.now()) / 1000));
      const cookies = [cookie("session", signedIn.token, lifeSeconds)];
      if (deviceKey === undefined) cookies.push(cookie("device", randomBytes(32).toString("base64url"), YEAR_SECONDS));
      reply.header("set-cookie", cookies);
      return signedIn;
    },
    clear: (reply: FastifyReply): void => {
      reply.header("set-cookie", cookie("session", "", 0));
    },
  };
}
