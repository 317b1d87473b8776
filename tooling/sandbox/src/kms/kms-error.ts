/** A refusal as KMS words it: the SDK makes an exception of its name. */
export class KmsError extends Error {
  readonly status: number;
  readonly body: { __type: string; message: string | null };
  constructor(type: string, message: string | null = null, status = 400) {
    super(message ?? type);
    this.status = status;
    this.body = { __type: type, message };
  }
}

/** What KMS itself would say with a status: the failures that a fault brings about. */
export function failureOf(status: number): KmsError {
  if (status === 400)
    return new KmsError("AccessDeniedException", "The principal is not authorized to perform this operation", status);
  if (status === 429) return new KmsError("ThrottlingException", "Rate exceeded", status);
  return new KmsError("KMSInternalException", "The request failed because of an internal error", status);
}
