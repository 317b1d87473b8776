import { auditRecorded } from "./audit.ts";
import { cartRoutes } from "./cart.ts";
import type { EventContract } from "./event.ts";
import { orderEvents, orderRoutes } from "./order.ts";
import { paymentEvents, paymentRoutes } from "./payment.ts";
import { privacyRoutes } from "./privacy.ts";
import { productEvents, productRoutes } from "./product.ts";
import type { RouteContract, ServiceName } from "./route.ts";
import { staffRoutes } from "./staff.ts";
import { userEvents, userRoutes } from "./user.ts";
import { factorRoutes } from "./user-factors.ts";

/** Every route of every service: what OpenAPI, the gateway's exposure and the mesh policies are checked against. */
export const routesByService: Record<ServiceName, Record<string, RouteContract>> = {
  product: productRoutes,
  user: { ...userRoutes, ...factorRoutes, ...privacyRoutes, ...staffRoutes },
  cart: cartRoutes,
  order: orderRoutes,
  payment: paymentRoutes,
};

/** Every event, by the service that publishes it. */
export const eventsByService: Record<ServiceName, Record<string, EventContract>> = {
  product: productEvents,
  user: { ...userEvents, auditRecorded },
  cart: {},
  order: { ...orderEvents, auditRecorded },
  payment: paymentEvents,
};
