import { z } from "zod";

/** An RFC 9457 problem. `code` is stable and meant for programs; `title` and `detail` are meant for people. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
});
export type Problem = z.output<typeof Problem>;
