import type { Message } from "../inbox/message.ts";

const gsm7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

/** Segments a text message takes: 160 characters of the GSM alphabet or 70 of any other, less when there are several. */
export function segmentsOf(text: string): number {
  const [single, joined] = gsm7.test(text) ? [160, 153] : [70, 67];
  return text.length <= single ? 1 : Math.ceil(text.length / joined);
}

/** Twilio's Message resource. */
export function describeMessage(message: Message, status: "queued" | "delivered") {
  const uri = `/2010-04-01/Accounts/${message.providerId}/Messages/${message.id}`;
  const date = new Date(message.at).toUTCString().replace("GMT", "+0000");
  return {
    account_sid: message.providerId,
    api_version: "2010-04-01",
    body: message.text,
    date_created: date,
    date_sent: status === "queued" ? null : date,
    date_updated: date,
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    from: message.from.startsWith("MG") ? null : message.from,
    messaging_service_sid: message.from.startsWith("MG") ? message.from : null,
    num_media: "0",
    num_segments: String(segmentsOf(message.text)),
    price: null,
    price_unit: "USD",
    sid: message.id,
    status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

type PageRequest = { account: string; query: Record<string, string>; size: number; page: number };

export function describePage(messages: Message[], { account, query, size, page }: PageRequest) {
  const start = page * size;
  const shown = messages.slice(start, start + size);
  const link = (number: number) => {
    const params = new URLSearchParams({ ...query, PageSize: String(size), Page: String(number) });
    return `/2010-04-01/Accounts/${account}/Messages.json?${params}`;
  };
  return {
    messages: shown.map((message) => describeMessage(message, "delivered")),
    first_page_uri: link(0),
    next_page_uri: start + size < messages.length ? link(page + 1) : null,
    previous_page_uri: page > 0 ? link(page - 1) : null,
    page,
    page_size: size,
    start,
    end: start + Math.max(shown.length - 1, 0),
    uri: link(page),
  };
}
