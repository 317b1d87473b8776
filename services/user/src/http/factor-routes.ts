import { chooseLocale } from "@tradepost/contracts/market";
import * as contract from "@tradepost/contracts/user-factors";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";
import type { SessionCookies } from "./session-cookies.ts";
import { callerOf } from "./user-routes.ts";

/** Second factors, passkeys, and OpenID providers. */
export function factorRoutes(app: FastifyInstance, useCases: UseCases, cookies: SessionCookies): void {
  mountSignInRoutes(app, useCases, cookies);
  mountProviderRoutes(app, useCases, cookies);
  mountRoute(app, contract.startStepUpPasskey, ({ body }, context) =>
    useCases.startStepUpPasskey(callerOf(context), body),
  );
  mountRoute(app, contract.stepUp, async ({ body }, context) => {
    await useCases.stepUp(callerOf(context), body);
    return undefined;
  });
  mountRoute(app, contract.listFactors, (_input, { identity }) => useCases.listFactors(identity.userId));
  mountRoute(app, contract.setUpTotp, (_input, context) => useCases.setUpTotp(callerOf(context)));
  mountRoute(app, contract.confirmTotp, ({ body }, context) => useCases.confirmTotp(callerOf(context), body));
  mountRoute(app, contract.removeTotp, async (_input, context) => {
    await useCases.removeTotp(callerOf(context));
    return undefined;
  });
  mountRoute(app, contract.renewRecoveryCodes, (_input, context) => useCases.renewRecoveryCodes(callerOf(context)));
  mountRoute(app, contract.startPasskeyRegistration, (_input, context) =>
    useCases.startPasskeyRegistration(callerOf(context)),
  );
  mountRoute(app, contract.addPasskey, ({ body }, context) => useCases.addPasskey(callerOf(context), body));
  mountRoute(app, contract.renamePasskey, ({ params, body }, { identity }) =>
    useCases.renamePasskey(identity.userId, params.passkeyId, body),
  );
  mountRoute(app, contract.removePasskey, async ({ params }, context) => {
    await useCases.removePasskey(callerOf(context), params.passkeyId);
    return undefined;
  });
}

function mountSignInRoutes(app: FastifyInstance, useCases: UseCases, cookies: SessionCookies): void {
  mountRoute(app, contract.completeSignIn, async ({ body }, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    return cookies.set(await useCases.completeSignIn(body, arrival), arrival, reply);
  });
  mountRoute(app, contract.startPasskeySignIn, (_input, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    cookies.keepDevice(arrival, reply);
    return useCases.startPasskeySignIn(arrival);
  });
  mountRoute(app, contract.signInWithPasskey, async ({ body }, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    return cookies.set(await useCases.signInWithPasskey(body, arrival), arrival, reply);
  });
}

function mountProviderRoutes(app: FastifyInstance, useCases: UseCases, cookies: SessionCookies): void {
  mountRoute(app, contract.listSignInProviders, () => useCases.listSignInProviders());
  mountRoute(app, contract.startProviderSignIn, ({ params }, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    cookies.keepDevice(arrival, reply);
    return useCases.startProviderSignIn(params.providerId, arrival);
  });
  mountRoute(app, contract.signInWithProvider, ({ params, body: { currency, ...answer } }, { request, reply }) => {
    const arrival = cookies.arrivalOf(request);
    const locale = chooseLocale(request.headers["accept-language"]);
    const work = useCases.signInWithProvider({ providerId: params.providerId, answer, locale, currency }, arrival);
    return cookies.admit(work, arrival, reply);
  });
  mountRoute(app, contract.linkProvider, ({ body }, context) =>
    useCases.linkProvider(callerOf(context), body, cookies.arrivalOf(context.request)),
  );
  mountRoute(app, contract.unlinkProvider, async ({ params }, context) => {
    await useCases.unlinkProvider(callerOf(context), params.providerId);
    return undefined;
  });
}
