/** The part of a pino logger that this package uses. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
