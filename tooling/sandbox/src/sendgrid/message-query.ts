/** What `GET /v3/messages?query=` may ask for. */
export type MessageQuery = { customArgs: Record<string, string>; toEmail?: string; msgId?: string };

/**
 * Reads the part of SendGrid's query language that looks one message up: `unique_args['order']="42"`,
 * `to_email="a@b.c"` and `msg_id="…"`, joined by AND. Null for anything else.
 */
export function parseMessageQuery(query: string): MessageQuery | null {
  const wanted: MessageQuery = { customArgs: {} };
  for (const term of query.split(/\s+AND\s+/i)) {
    const [, field, , name, quoted] =
      /^\(?\s*(to_email|msg_id|(?:unique_args|custom_args)\[(['"])([^'"]+)\2\])\s*=\s*("[^"]*"|'[^']*')\s*\)?$/.exec(
        term.trim(),
      ) ?? [];
    if (field === undefined || quoted === undefined) return null;
    const value = quoted.slice(1, -1);
    if (field === "to_email") wanted.toEmail = value;
    else if (field === "msg_id") wanted.msgId = value;
    else wanted.customArgs[name as string] = value;
  }
  return wanted;
}
