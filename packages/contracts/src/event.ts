import { z } from "zod";

/**
 * Declares an event. Its routing key is `<name>.v<version>`; its envelope carries a unique id, the id of the thing
 * it is about (`aggregateId`, which orders its events) and the payload. Fields are only ever added; a breaking
 * change is a new version published beside the old one.
 */
export const defineEvent = <N extends string, P extends z.ZodType>(name: N, version: number, payload: P) => ({
  name,
  version,
  routingKey: `${name}.v${version}`,
  envelope: z.object({
    id: z.uuid(),
    name: z.literal(name),
    version: z.literal(version),
    aggregateId: z.string(),
    occurredAt: z.iso.datetime(),
    traceparent: z.string().optional(),
    payload,
  }),
});

export type EventContract<P extends z.ZodType = z.ZodType> = ReturnType<typeof defineEvent<string, P>>;
export type Payload<E extends EventContract> = z.output<E["envelope"]>["payload"];
export type Envelope<E extends EventContract = EventContract> = z.output<E["envelope"]>;
