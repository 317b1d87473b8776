import { routesByService } from "@tradepost/contracts/catalog";
import { isExposed } from "@tradepost/contracts/route";
import { openApiDocument } from "@tradepost/service-runtime/openapi";

type Json = Record<string, unknown>;

/** Everything clients may call through the gateway, of all services, as one OpenAPI document. */
export function publicApiDocument(): Json {
  const documents = Object.entries(routesByService).map(([service, routes]) =>
    openApiDocument(service, Object.fromEntries(Object.entries(routes).filter(([, route]) => isExposed(route)))),
  );
  const paths = documents.flatMap(({ paths }) => Object.entries(paths as Record<string, Json>));
  const repeated = paths.find(([path], index) => paths.findIndex(([other]) => other === path) !== index);
  if (repeated) throw new Error(`${repeated[0]} belongs to two services`);
  return {
    ...documents[0],
    info: { title: "Tradepost", version: "1" },
    tags: Object.keys(routesByService).map((name) => ({ name })),
    paths: Object.fromEntries(paths.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
