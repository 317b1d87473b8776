import type { Doc } from "./values.ts";

/** A failure that is answered to the client with MongoDB's own code and code name. */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Doc;

  constructor(code: number, codeName: string, message: string, details: Doc = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.details = details;
  }
}

export const badValue = (message: string) => new MongoError(2, "BadValue", message);
export const failedToParse = (message: string) => new MongoError(9, "FailedToParse", message);
export const typeMismatch = (message: string) => new MongoError(14, "TypeMismatch", message);
export const namespaceNotFound = (namespace: string) =>
  new MongoError(26, "NamespaceNotFound", `ns does not exist: ${namespace}`);

/** For what MongoDB can do and this server cannot: answered, never ignored. */
export const notImplemented = (what: string) =>
  new MongoError(238, "NotImplemented", `${what} is not supported by the embedded MongoDB server`);
