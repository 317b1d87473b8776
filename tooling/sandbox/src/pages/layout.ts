import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Html, html, nothing } from "./html.ts";

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%23b4532a'/%3E%3Cpath d='M8 12h16l-2 12H10zM12 12V9a4 4 0 0 1 8 0v3' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";
const policy = "default-src 'self'; img-src 'self' data:; frame-src 'self'; object-src 'none'; base-uri 'none'";

export type Page = { title: string; current: "home" | "inbox" | null; wide?: boolean; script?: string; body: Html };

/** Sends a whole page in the sandbox's look. */
export function sendPage(reply: FastifyReply, page: Page, status = 200) {
  return reply
    .code(status)
    .header("content-security-policy", policy)
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(render(page));
}

function render({ title, current, wide, script, body }: Page): string {
  const link = (href: string, name: string, here: boolean) =>
    html`<a href="${href}"${here ? { html: ' aria-current="page"' } : nothing}>${name}</a>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Tradepost sandbox</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/assets/sandbox.css">
${script ? html`<script src="${script}" defer></script>` : nothing}
</head>
<body${wide ? { html: ' class="wide"' } : nothing}>
<a class="skip" href="#main">Skip to content</a>
<header class="bar">
<a class="brand" href="/"><img src="${icon}" alt="" width="24" height="24"> Sandbox</a>
<nav aria-label="Sandbox">${link("/", "Overview", current === "home")}${link("/inbox", "Inbox", current === "inbox")}</nav>
</header>
<main id="main">${body}</main>
</body>
</html>`.html;
}

/** The files that the pages load. */
export function mountAssets(app: FastifyInstance): void {
  const asset = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
  const css = asset("sandbox.css");
  const inbox = asset("inbox.js");
  app.get("/assets/sandbox.css", async (_request, reply) => reply.type("text/css; charset=utf-8").send(css));
  app.get("/assets/inbox.js", async (_request, reply) => reply.type("text/javascript; charset=utf-8").send(inbox));
}
