import { createSignal } from "../../app/signal.ts";

/** Whether the cart drawer is open. */
export const cartDrawer = createSignal(false);
