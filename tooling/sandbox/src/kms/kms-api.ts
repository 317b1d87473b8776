import type { FastifyInstance, FastifyRequest } from "fastify";
import { applyFaults, delayEffect } from "../faults/apply-faults.ts";
import type { ProviderParts } from "../sendgrid/sendgrid-api.ts";
import { failureOf, KmsError } from "./kms-error.ts";
import { operations } from "./kms-operations.ts";

const CREDENTIAL =
  /^AWS4-HMAC-SHA256 Credential=[^/\s]+\/\d{8}\/([a-z0-9-]+)\/kms\/aws4_request,.*Signature=[0-9a-f]{64}$/;

/** AWS KMS as far as envelope encryption needs it, in its JSON protocol: everything is posted to `/`. */
export function mountKmsApi(app: FastifyInstance, { store, faults, nowMs }: ProviderParts): void {
  applyFaults(app, faults, "kms", (status) => failureOf(status).body, operationPath);
  app.addContentTypeParser("application/x-amz-json-1.1", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(new KmsError("SerializationException"));
    }
  });
  app.setErrorHandler((error, _request, reply) => {
    const failure = error instanceof KmsError ? error : failureOf(500);
    return reply.code(failure.status).type("application/x-amz-json-1.1").send(JSON.stringify(failure.body));
  });

  app.post("/", async (request, reply) => {
    await delayEffect(request);
    const region = regionOf(request);
    const operation = operations[operationOf(request)];
    if (!operation) throw new KmsError("UnknownOperationException");
    const answer = operation({ store, region, nowMs: nowMs() }, request.body);
    return reply.type("application/x-amz-json-1.1").send(JSON.stringify(answer));
  });
}

const operationOf = ({ headers }: FastifyRequest) =>
  /^TrentService\.(\w+)$/.exec(String(headers["x-amz-target"]))?.[1] ?? "";

/** What faults are matched against, as all operations have one address: `/Decrypt`. */
const operationPath = (request: FastifyRequest) => `/${operationOf(request)}`;

/** Looks at the signature's form and scope; the sandbox knows nobody's secret key, so any signature will do. */
function regionOf({ headers: { authorization } }: FastifyRequest): string {
  if (!authorization) throw new KmsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  const region = CREDENTIAL.exec(authorization)?.[1];
  if (region) return region;
  throw new KmsError("IncompleteSignatureException", "The signature is not one of AWS Signature Version 4 for kms");
}
