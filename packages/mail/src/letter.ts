import type { Mail } from "./mail-provider.ts";

export interface Letter {
  locale: string;
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  /** The one thing to do, as a button. */
  action?: { label: string; url: string } | undefined;
  /** Facts below, e.g. when and from which device. */
  facts?: readonly { label: string; value: string }[] | undefined;
  signature: string;
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

const INK = "#1d2521";
const QUIET = "#5d6862";
const ACCENT = "#1f5c46";

/** A short letter with at most one button, as HTML in tables and inline styles and as text. Every text is escaped. */
export const letterMail = (letter: Letter): Mail => ({
  subject: letter.subject,
  text: letterText(letter),
  html: letterHtml(letter),
});

function letterHtml({ locale, subject, greeting, paragraphs, action, facts = [], signature }: Letter): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
  const factLines = facts.map(({ label, value }) => `${escapeHtml(label)}: ${escapeHtml(value)}`).join("<br>");
  const button = action
    ? `<p style="margin:8px 0 20px"><a href="${escapeHtml(action.url)}" style="display:inline-block;background:${ACCENT};color:#ffffff;text-decoration:none;padding:12px 22px;border-radius:8px;font-weight:600">${escapeHtml(action.label)}</a></p>
<p style="margin:0 0 16px;color:${QUIET};font-size:13px;word-break:break-all">${escapeHtml(action.url)}</p>`
    : "";
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f4f1ea;color:${INK};font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:560px;background:#fffdf8;border-radius:12px">
<tr><td style="padding:28px 32px 0;font-weight:600;letter-spacing:.02em;color:${ACCENT}">Tradepost</td></tr>
<tr><td style="padding:12px 32px 0"><h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${escapeHtml(subject)}</h1>
${[greeting, ...paragraphs].map(paragraph).join("\n")}
${button}
${factLines === "" ? "" : `<p style="margin:0 0 16px;color:${QUIET};font-size:14px">${factLines}</p>`}</td></tr>
<tr><td style="padding:0 32px 32px;color:${QUIET};font-size:14px">${escapeHtml(signature)}</td></tr>
</table></td></tr></table></body></html>`;
}

function letterText({ greeting, paragraphs, action, facts = [], signature }: Letter): string {
  const parts = [
    greeting,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(facts.length > 0 ? [facts.map(({ label, value }) => `${label}: ${value}`).join("\n")] : []),
    signature,
  ];
  return `${parts.join("\n\n")}\n`;
}
