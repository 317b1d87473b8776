/** A success body that is already bytes of JSON, e.g. from a cache; sent as it is, with its ETag. */
export class PreSerialised {
  readonly bytes: Buffer;
  readonly etag: string;

  constructor(bytes: Buffer, etag: string) {
    this.bytes = bytes;
    this.etag = etag;
  }
}

/** `etag` is a quoted entity tag, e.g. `"a1b2"` (RFC 9110, 8.8.3). */
export const preSerialised = (bytes: Buffer, etag: string): PreSerialised => new PreSerialised(bytes, etag);

/** Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110, 13.1.2. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch === "*") return true;
  const opaque = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === opaque);
}
