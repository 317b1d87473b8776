import type { ClientOptions } from "./client.ts";

/** Makes a client's calls carry the calling service's token, which `service` routes ask for. */
export const withServiceToken = (options: ClientOptions, tokens: { header(): string }): ClientOptions => ({
  ...options,
  headers: () => ({ ...options.headers?.(), "x-service-token": tokens.header() }),
});
