import type { FastifyInstance } from "fastify";
import type { Store } from "../storage/store.ts";
import type { Message } from "./message.ts";

/** The inbox as JSON, newest first; `?to=` narrows it to one address or phone number. */
export function mountInbox(app: FastifyInstance, store: Store): void {
  app.get("/inbox/messages", async (request) => {
    const { to } = request.query as { to?: string };
    return { items: newestFirst(store, to).map(publicMessage) };
  });
}

export function newestFirst(store: Store, to?: string): Message[] {
  // A plus that was not encoded arrives as a space.
  const wanted = to?.replace(/^ /, "+").toLowerCase();
  return store
    .all("messages")
    .filter((message) => wanted === undefined || message.to.toLowerCase() === wanted)
    .reverse();
}

function publicMessage({ channel, to, subject, text, html, at }: Message) {
  return { channel, to, subject, text, ...(html !== undefined && { html }), at };
}
