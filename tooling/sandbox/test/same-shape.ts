/** Hashes whose members follow from the object's state, so that two servers rarely show the same ones. */
const dependOnState = new Set([
  "amount_details",
  "destination_details",
  "enhanced_eligibility",
  "evidence_details",
  "fraud_details",
  "last_payment_error",
  "last_setup_error",
  "metadata",
  "next_action",
  "payment_method_options",
  "previous_attributes",
  "processing",
  "shipping",
]);

/** Fields of Stripe's current API that the mock's OpenAPI does not have yet. */
const newerThanMock = new Set([
  "charge.payment_method_details.card.electronic_commerce_indicator",
  "charge.source",
  "dispute.intended_submission_method",
  "payment_intent.payment_record",
  "payment_intent.source",
]);

/** Fields that Stripe's API description calls optional: told once, when expanded, or when they are used. */
const optional = new Set([
  "charge.outcome.risk_level",
  "charge.outcome.risk_score",
  "charge.refunds",
  "payment_intent.automatic_payment_methods.allow_redirects",
  "setup_intent.automatic_payment_methods.allow_redirects",
  "webhook_endpoint.secret",
]);

type Plain = Record<string, unknown>;

/** Every way in which our answer's fields differ from the other's in name or JSON type; null fits any type. */
export function shapeDifferences(ours: unknown, theirs: unknown, at = ""): string[] {
  if (ours === null || theirs === null) return [];
  const [ourType, theirType] = [jsonType(ours), jsonType(theirs)];
  if (ourType !== theirType) return [`${at} is ${ourType} here and ${theirType} there`];
  if (Array.isArray(ours)) {
    const [first, other] = [ours[0], (theirs as unknown[])[0]];
    return first === undefined || other === undefined ? [] : shapeDifferences(first, other, `${at}[]`);
  }
  return ourType === "object" ? fieldDifferences(ours as Plain, theirs as Plain, at) : [];
}

function fieldDifferences(ours: Plain, theirs: Plain, at: string): string[] {
  const path = typeof ours.object === "string" && ours.object !== "list" ? ours.object : at;
  const named = (key: string) => (path === "" ? key : `${path}.${key}`);
  const required = (key: string) => !optional.has(named(key)) && !newerThanMock.has(named(key));
  const extra = Object.keys(ours).filter((key) => !(key in theirs) && required(key));
  const missing = Object.keys(theirs).filter((key) => !(key in ours) && required(key));
  const both = Object.keys(ours).filter((key) => key in theirs && !dependOnState.has(key));
  return [
    ...extra.map((key) => `${named(key)} is only here`),
    ...missing.map((key) => `${named(key)} is only there`),
    ...both.flatMap((key) => shapeDifferences(ours[key], theirs[key], named(key))),
  ];
}

function jsonType(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}
