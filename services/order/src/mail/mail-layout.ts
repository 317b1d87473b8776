export interface MailContent {
  locale: string;
  subject: string;
  greeting: string;
  lead: string;
  /** A parcel on its way: what identifies it, and where to follow it. */
  parcel: { facts: { label: string; value: string }[]; link: { label: string; url: string } | null } | null;
  items: { title: string; detail: string; amount: string }[];
  sums: { label: string; amount: string; note?: string }[];
  addressTitle: string;
  address: string[];
  expected: string | null;
  action: { label: string; url: string };
  signature: string;
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

const INK = "#1d2521";
const QUIET = "#5d6862";
const ACCENT = "#1f5c46";
const row = (left: string, right: string, style = "") =>
  `<tr><td style="padding:8px 0;${style}">${left}</td><td align="right" style="padding:8px 0;white-space:nowrap;vertical-align:top;${style}">${right}</td></tr>`;

/** An HTML mail in tables and inline styles, which is what mail programs agree on. Every text is escaped. */
export function mailHtml(content: MailContent): string {
  const items = content.items.map(({ title, detail, amount }) =>
    row(
      `${escapeHtml(title)}${detail ? `<br><span style="color:${QUIET};font-size:14px">${escapeHtml(detail)}</span>` : ""}`,
      escapeHtml(amount),
      "border-bottom:1px solid #e6e2d8;",
    ),
  );
  const sums = content.sums.map(({ label, amount, note }, index) => {
    const isTotal = index === content.sums.length - 1;
    const noteHtml = note
      ? `<br><span style="color:${QUIET};font-size:13px;font-weight:400">${escapeHtml(note)}</span>`
      : "";
    return row(
      `${escapeHtml(label)}${noteHtml}`,
      escapeHtml(amount),
      isTotal ? "font-weight:600;font-size:18px;border-top:2px solid #1d2521;" : `color:${QUIET};`,
    );
  });
  return `<!doctype html>
<html lang="${content.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(content.subject)}</title></head>
<body style="margin:0;background:#f4f1ea;color:${INK};font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:560px;background:#fffdf8;border-radius:12px">
<tr><td style="padding:28px 32px 0;font-weight:600;letter-spacing:.02em;color:${ACCENT}">Tradepost</td></tr>
<tr><td style="padding:12px 32px 0"><h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${escapeHtml(content.subject)}</h1>
<p style="margin:0 0 8px">${escapeHtml(content.greeting)}</p><p style="margin:0 0 20px">${escapeHtml(content.lead)}</p>${parcelHtml(content.parcel)}</td></tr>
<tr><td style="padding:0 32px"><table role="presentation" width="100%" cellspacing="0" cellpadding="0">${items.join("")}</table></td></tr>
<tr><td style="padding:12px 32px 0"><table role="presentation" width="100%" cellspacing="0" cellpadding="0">${sums.join("")}</table></td></tr>
<tr><td style="padding:20px 32px 0"><p style="margin:0;color:${QUIET};font-size:14px">${escapeHtml(content.addressTitle)}</p>
<p style="margin:4px 0 0">${content.address.map(escapeHtml).join("<br>")}</p>${
    content.expected ? `<p style="margin:8px 0 0;color:${QUIET}">${escapeHtml(content.expected)}</p>` : ""
  }</td></tr>
<tr><td style="padding:28px 32px"><a href="${escapeHtml(content.action.url)}" style="display:inline-block;background:${ACCENT};color:#ffffff;text-decoration:none;padding:12px 22px;border-radius:8px;font-weight:600">${escapeHtml(content.action.label)}</a></td></tr>
<tr><td style="padding:0 32px 32px;color:${QUIET};font-size:14px">${escapeHtml(content.signature)}</td></tr>
</table></td></tr></table></body></html>`;
}

function parcelHtml(parcel: MailContent["parcel"]): string {
  if (!parcel) return "";
  const facts = parcel.facts.map(({ label, value }) => `${escapeHtml(label)}: <strong>${escapeHtml(value)}</strong>`);
  const link = parcel.link
    ? [`<a href="${escapeHtml(parcel.link.url)}" style="color:${ACCENT}">${escapeHtml(parcel.link.label)}</a>`]
    : [];
  return `<p style="margin:0 0 20px">${[...facts, ...link].join("<br>")}</p>`;
}

const parcelText = ({ facts, link }: NonNullable<MailContent["parcel"]>): string[] => [
  ...facts.map(({ label, value }) => `${label}: ${value}`),
  ...(link ? [`${link.label}: ${link.url}`] : []),
];

/** The same mail for programs without HTML. */
export function mailText(content: MailContent): string {
  const items = content.items.map(
    ({ title, detail, amount }) => `  ${title}${detail ? ` (${detail})` : ""}  ${amount}`,
  );
  const sums = content.sums.map(({ label, amount, note }) => `${label}: ${amount}${note ? ` (${note})` : ""}`);
  return [
    content.greeting,
    "",
    content.lead,
    "",
    ...(content.parcel ? [...parcelText(content.parcel), ""] : []),
    ...items,
    "",
    ...sums,
    "",
    `${content.addressTitle}:`,
    ...content.address.map((line) => `  ${line}`),
    ...(content.expected ? ["", content.expected] : []),
    "",
    `${content.action.label}: ${content.action.url}`,
    "",
    content.signature,
    "",
  ].join("\n");
}
