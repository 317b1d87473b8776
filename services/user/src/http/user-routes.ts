import { chooseLocale } from "@tradepost/contracts/market";
import { exportMe } from "@tradepost/contracts/privacy";
import * as contract from "@tradepost/contracts/user";
import type { Shopper } from "@tradepost/service-runtime/identity";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import { networkOf } from "@tradepost/service-runtime/network";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { UseCases } from "../compose.ts";
import type { Caller } from "../use-cases/prove-owner.ts";
import type { SessionCookies } from "./session-cookies.ts";

export function userRoutes(app: FastifyInstance, useCases: UseCases, cookies: SessionCookies): void {
  mountRoute(app, contract.registerUser, async ({ body }, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    const locale = chooseLocale(request.headers["accept-language"]);
    return cookies.set(await useCases.registerUser(body, locale, arrival), arrival, reply);
  });
  mountRoute(app, contract.signIn, async ({ body }, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    return cookies.admit(useCases.signIn(body, arrival), arrival, reply);
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
  mountMailedRoutes(app, useCases, cookies);
  mountSensitiveRoutes(app, useCases, cookies);
  mountAddressRoutes(app, useCases);
  mountRoute(app, contract.getPreferences, (_input, { identity }) => useCases.getPreferences(identity.userId));
  mountRoute(app, contract.updatePreferences, ({ body }, { identity }) =>
    useCases.updatePreferences(identity.userId, body),
  );
  mountRoute(app, contract.getJwks, () => useCases.getJwks(), { cacheControl: "public, max-age=300" });
  mountRoute(app, contract.checkSession, ({ body }) => useCases.checkSession(body));
  mountRoute(app, contract.getContact, ({ params }) => useCases.getContact(params.userId));
}

/** What happens through links in mails. */
function mountMailedRoutes(app: FastifyInstance, useCases: UseCases, cookies: SessionCookies): void {
  mountRoute(app, contract.verifyEmail, async ({ body }, { identity }) => {
    await useCases.verifyEmail({ ...body, signedInAs: identity.kind === "shopper" ? identity.userId : undefined });
    return undefined;
  });
  mountRoute(app, contract.resendVerification, async (_input, { identity, request }) => {
    await useCases.resendVerification(identity, cookies.arrivalOf(request));
    return undefined;
  });
  mountRoute(app, contract.requestPasswordReset, ({ body }, { request }) =>
    useCases.requestPasswordReset(body, cookies.arrivalOf(request)),
  );
  mountRoute(app, contract.resetPassword, async ({ body }) => {
    await useCases.resetPassword(body);
    return undefined;
  });
}

/** What only the owner of the account may do, whoever holds its session. */
function mountSensitiveRoutes(app: FastifyInstance, useCases: UseCases, cookies: SessionCookies): void {
  mountRoute(app, contract.changePassword, async ({ body }, context) => {
    await useCases.changePassword(callerOf(context), body);
    return undefined;
  });
  mountRoute(app, contract.changeEmail, ({ body }, context) =>
    useCases.changeEmail(callerOf(context), body, cookies.arrivalOf(context.request)),
  );
  mountRoute(app, contract.deleteMe, async (_input, context) => {
    await useCases.deleteAccount(callerOf(context));
    cookies.clear(context.reply);
    return undefined;
  });
  mountRoute(app, exportMe, (_input, context) => useCases.exportAccount(callerOf(context)));
  mountRoute(app, contract.getSecurity, (_input, { identity }) => useCases.getSecurity(identity.userId));
  mountRoute(app, contract.updateSecurity, ({ body }, context) => useCases.updateSecurity(callerOf(context), body));
}

export const callerOf = ({ identity, request }: { identity: Shopper; request: FastifyRequest }): Caller => ({
  userId: identity.userId,
  sessionId: identity.sessionId,
  network: networkOf(request.ip),
});

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
