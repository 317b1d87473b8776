import { randomBytes } from "node:crypto";
import type { SignedIn } from "@tradepost/contracts/user";
import { AppError } from "@tradepost/service-runtime/app-error";
import { deviceOf } from "@tradepost/service-runtime/identify";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Origin } from "../use-cases/start-session.ts";
import { clientAddressOf } from "./client-address.ts";

const YEAR_SECONDS = 31_536_000;

/** Where a sign-in comes from, and the key that its device is given because it has none yet. */
export interface Arrival extends Origin {
  newDeviceKey: string | undefined;
}

/**
 * Where a request comes from, as sessions are bound to it. Browsers, which name the site of each request, keep a new key
 * and are bound to it at once; an app that has shown no key may drop it, so its session stays unbound.
 */
function arrivalOf(request: FastifyRequest, secure: boolean): Arrival {
  const { headers } = request;
  const { deviceKey, network } = deviceOf(request, { secure });
  const newDeviceKey = deviceKey === undefined ? randomBytes(32).toString("base64url") : undefined;
  const isBrowser = headers["sec-fetch-site"] !== undefined;
  return {
    userAgent: headers["user-agent"],
    deviceKey: isBrowser ? (deviceKey ?? newDeviceKey) : deviceKey,
    network,
    clientAddress: clientAddressOf(request.ip),
    newDeviceKey,
  };
}

export type SessionCookies = ReturnType<typeof createSessionCookies>;

/** Cookies that scripts cannot read and other sites do not send; over HTTPS they are bound to this host by their name. */
export function createSessionCookies({ secure }: { secure: boolean }) {
  const cookie = (name: string, value: string, maxAgeSeconds: number): string =>
    `${secure ? "__Host-" : ""}${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  /** One that has no device key yet is given one. */
  const deviceCookies = ({ newDeviceKey }: Arrival): string[] =>
    newDeviceKey === undefined ? [] : [cookie("device", newDeviceKey, YEAR_SECONDS)];
  const set = (signedIn: SignedIn, arrival: Arrival, reply: FastifyReply): SignedIn => {
    const lifeSeconds = Math.max(0, Math.floor((Date.parse(signedIn.expiresAt) - Date.now()) / 1000));
    reply.header("set-cookie", [cookie("session", signedIn.token, lifeSeconds), ...deviceCookies(arrival)]);
    return signedIn;
  };
  const keepDevice = (arrival: Arrival, reply: FastifyReply): void => {
    const cookies = deviceCookies(arrival);
    if (cookies.length > 0) reply.header("set-cookie", cookies);
  };
  return {
    arrivalOf: (request: FastifyRequest): Arrival => arrivalOf(request, secure),
    /** Signs a browser in. */
    set,
    /** Lets the browser keep its device key, as whoever finishes here must have begun here. */
    keepDevice,
    /** Signs a browser in, or lets it keep its key for the second factor that it is asked for. */
    admit: async (work: Promise<SignedIn>, arrival: Arrival, reply: FastifyReply): Promise<SignedIn> => {
      try {
        return set(await work, arrival, reply);
      } catch (error) {
        if (error instanceof AppError && error.code === "factor.required") keepDevice(arrival, reply);
        throw error;
      }
    },
    clear: (reply: FastifyReply): void => {
      reply.header("set-cookie", cookie("session", "", 0));
    },
  };
}
