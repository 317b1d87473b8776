import { z } from "zod";
import { invalidRequest, type StripeApiError } from "./errors.ts";

/** Form values arrive as text; these schemas read them as Stripe does, and refuse with Stripe's words. */
export const text = z.string().min(1).max(5000);
export const integer = z.string().transform((value, ctx) => {
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  ctx.addIssue(
    value === ""
      ? { code: "too_small", minimum: 1, origin: "string" }
      : refusal(`Invalid integer: ${value}`, "parameter_invalid_integer"),
  );
  return z.NEVER;
});
export const flag = z.string().transform((value, ctx) => {
  if (value === "true" || value === "false") return value === "true";
  ctx.addIssue(refusal(`Invalid boolean: ${value}`));
  return z.NEVER;
});
/** A hash or list that the sandbox accepts and gives back, or ignores, without looking inside. */
export const opaque = z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]);
export const metadata = z.union([
  z.literal("").transform(() => null),
  z.record(z.string().max(40), z.string().max(500)),
]);
/** An empty value unsets. */
export const emptyable = <T extends z.ZodType>(schema: T) => z.union([z.literal("").transform(() => null), schema]);
export const email = text.refine((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
  error: (issue) => `Invalid email address: ${issue.input}`,
  params: { code: "email_invalid" },
});
export const returnUrl = text.refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ""), {
  error: "Not a valid URL",
  params: { code: "url_invalid" },
});
export const address = z.strictObject({
  city: z.string().optional(),
  country: z.string().optional(),
  line1: z.string().optional(),
  line2: z.string().optional(),
  postal_code: z.string().optional(),
  state: z.string().optional(),
});
export const shipping = z.strictObject({
  address,
  name: text,
  carrier: z.string().optional(),
  phone: z.string().optional(),
  tracking_number: z.string().optional(),
});

export function refusal(message: string, code?: string) {
  return { code: "custom" as const, message, params: code === undefined ? {} : { code } };
}

/** Reads the parameters, or throws Stripe's error for the first one that is wrong. */
export function readParams<T extends z.ZodType>(schema: T, raw: unknown): z.infer<T> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw toStripeError(firstIssue(result.error.issues), raw);
}

/** Of a union's alternatives, the one that got furthest tells most. */
function firstIssue(issues: z.core.$ZodIssue[], prefix: PropertyKey[] = []): z.core.$ZodIssue {
  const [issue] = issues as [z.core.$ZodIssue];
  const path = [...prefix, ...issue.path];
  const last = issue.code === "invalid_union" ? issue.errors.at(-1) : undefined;
  return last && last.length > 0 ? firstIssue(last, path) : { ...issue, path };
}

function toStripeError(issue: z.core.$ZodIssue, raw: unknown): StripeApiError {
  const param = paramName(issue.path);
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], raw);
  if (issue.code === "unrecognized_keys") {
    const unknown = paramName([...issue.path, issue.keys[0] as string]);
    return invalidRequest(`Received unknown parameter: ${unknown}`, { code: "parameter_unknown", param: unknown });
  }
  if (value === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  }
  if (value === "") return emptyValue(param);
  if (issue.code === "invalid_value") {
    return invalidRequest(`Invalid ${param}: must be one of ${issue.values.join(", ")}`, { param });
  }
  if (issue.code === "custom") {
    const code = issue.params?.code as string | undefined;
    return invalidRequest(issue.message, { param, ...(code !== undefined && { code }) });
  }
  if (issue.code === "too_big") {
    const message = `Invalid string: must be at most ${issue.maximum} characters`;
    return invalidRequest(message, { code: "parameter_invalid_string_too_long", param });
  }
  return invalidRequest(
    `Invalid ${issue.code === "invalid_type" ? issue.expected : "value"}: ${JSON.stringify(value)}`,
    {
      param,
    },
  );
}

function emptyValue(param: string): StripeApiError {
  const message =
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however ` +
    `'${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
  return invalidRequest(message, { code: "parameter_invalid_empty", param });
}

function paramName([first, ...rest]: PropertyKey[]): string {
  return [String(first), ...rest.map((key) => `[${String(key)}]`)].join("");
}

/** Applies Stripe's rule for metadata: given keys are set, empty values delete a key, an empty hash clears. */
export function mergeMetadata(current: Record<string, string>, change: Record<string, string> | null | undefined) {
  if (change === undefined) return current;
  if (change === null) return {};
  return Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ""));
}
