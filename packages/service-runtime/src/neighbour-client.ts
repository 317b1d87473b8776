import { type Client, type ClientOptions, createClient } from "@tradepost/api-client/client";
import { withServiceToken } from "@tradepost/api-client/service-token";
import { pooledFetch } from "./pooled-fetch.ts";
import { propagationHeaders } from "./request-context.ts";
import type { ServiceTokens } from "./service-token.ts";

export interface NeighbourOptions extends Pick<ClientOptions, "baseUrl" | "timeoutMs" | "retries" | "fetch"> {
  serviceTokens: ServiceTokens;
}

/** A typed client of another service: calls carry this service's token and the trace and id of the request they serve. */
export const createNeighbourClient = ({ serviceTokens, ...options }: NeighbourOptions): Client =>
  createClient(
    withServiceToken({ timeoutMs: 2000, fetch: pooledFetch, ...options, headers: propagationHeaders }, serviceTokens),
  );
