export interface AppErrorOptions {
  /** For people: what to change. Never anything about the inside. */
  detail?: string;
  errors?: { path: string; message: string }[];
  /** Extension members of the problem (RFC 9457, 3.2), e.g. the new `quote` or the `lines` that ran short. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
  cause?: unknown;
}

/**
 * A failure the caller is told about as a problem. `code` is stable and for programs; `title` is a fixed sentence for
 * people and may be logged, so it never carries anyone's data.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: { path: string; message: string }[] | undefined;
  readonly extra: Record<string, unknown> | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(status: number, code: string, title: string, options: AppErrorOptions = {}) {
    super(title, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = options.detail;
    this.errors = options.errors;
    this.extra = options.extra;
    this.headers = options.headers;
  }
}

/** The caller's input is at fault, in these places. */
export const invalidRequest = (errors: { path: string; message: string }[]): AppError =>
  new AppError(400, "request.invalid", "The request is not valid", { errors });
