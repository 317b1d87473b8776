import { chooseLocale } from "@tradepost/contracts/market";
import * as contract from "@tradepost/contracts/user";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";
import { arrivalOf, createSessionCookies } from "./session-cookies.ts";

export function userRoutes(app: FastifyInstance, useCases: UseCases, options: { secureCookies: boolean }): void {
  const cookies = createSessionCookies({ secure: options.secureCookies });

  mountRoute(app, contract.registerUser, async ({ body }, { request, reply }) => {
    const arrival = arrivalOf(request);
    const locale = chooseLocale(request.headers["accept-language"]);
    return cookies.set(await useCases.registerUser(body, locale, arrival), arrival, reply);
  });
  mountRoute(app, contract.signIn, async ({ body }, { request, reply }) => {
    const arrival = arrivalOf(request);
    return cookies.set(await useCases.signIn(body, arrival), arrival, reply);
  });
  mountRoute(app, contract.signOut, async (_input, { identity, reply }) => {
    await useCases.endSession(identity, identity.sessionId);
    cookies.clear(reply);
    return undefined;
  });
  mountRoute(app, contract.listSessions, (_input, { identity }) => useCases.listSessions(identity));
  mountRoute(app, contract.endSession, async ({ params }, { identity }) => {
    await useCases.endSession(identity, params.sessionId);
    return undefined;
  });
  mountRoute(app, contract.endAllSessions, async (_input, { identity, reply }) => {
    await useCases.endAllSessions(identity);
    cookies.clear(reply);
    return undefined;
  });
  mountRoute(app, contract.getMe, (_input, { identity }) => useCases.getMe(identity.userId));
  mountRoute(app, contract.updateMe, ({ body }, { identity }) => useCases.updateMe(identity.userId, body));
  mountRoute(app, contract.changePassword, async ({ body }, { identity }) => {
    await useCases.changePassword(identity, body);
    return undefined;
  });
  mountAddressRoutes(app, useCases);
  mountRoute(app, contract.getPreferences, (_input, { identity }) => useCases.getPreferences(identity.userId));
  mountRoute(app, contract.updatePreferences, ({ body }, { identity }) =>
    useCases.updatePreferences(identity.userId, body),
  );
  mountRoute(app, contract.getJwks, () => useCases.getJwks(), { cacheControl: "public, max-age=300" });
  mountRoute(app, contract.checkSession, ({ body }) => useCases.checkSession(body));
  mountRoute(app, contract.getContact, ({ params }) => useCases.getContact(params.userId));
}

function mountAddressRoutes(app: FastifyInstance, useCases: UseCases): void {
  mountRoute(app, contract.listAddresses, (_input, { identity }) => useCases.listAddresses(identity.userId));
  mountRoute(app, contract.addAddress, ({ body }, { identity }) => useCases.addAddress(identity.userId, body));
  mountRoute(app, contract.replaceAddress, ({ params, body }, { identity }) =>
    useCases.replaceAddress(identity.userId, params.addressId, body),
  );
  mountRoute(app, contract.removeAddress, async ({ params }, { identity }) => {
    await useCases.removeAddress(identity.userId, params.addressId);
    return undefined;
  });
}
