import type { FastifyInstance } from "fastify";
import { type Html, html, nothing } from "../pages/html.ts";
import { sendPage } from "../pages/layout.ts";
import type { Store } from "../storage/store.ts";
import { newestFirst } from "./inbox-routes.ts";
import type { Message } from "./message.ts";

type View = { to: string; selected: Message | undefined; asText: boolean };

/** The inbox to look at: a list, and the chosen message beside it. */
export function mountInboxPage(app: FastifyInstance, store: Store): void {
  app.get("/inbox", async (request, reply) => {
    const { to = "", message: id, view } = request.query as { to?: string; message?: string; view?: string };
    const messages = newestFirst(store, to === "" ? undefined : to);
    const selected = id === undefined ? undefined : store.get("messages", id);
    const body = inbox(messages, { to, selected, asText: view === "text" });
    return sendPage(reply, { title: "Inbox", current: "inbox", wide: true, script: "/assets/inbox.js", body });
  });

  app.get("/inbox/messages/:id/html", async (request, reply) => {
    const message = store.get("messages", (request.params as { id: string }).id);
    if (message?.html === undefined) return reply.code(404).send({ title: "No HTML" });
    // The mail is strangers' HTML: it may show itself and open links in new tabs, and nothing else.
    const policy =
      "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; font-src *; sandbox allow-popups allow-popups-to-escape-sandbox";
    return reply
      .header("content-security-policy", policy)
      .type("text/html; charset=utf-8")
      .send(`<base target="_blank">${message.html}`);
  });
}

function inbox(messages: Message[], view: View): Html {
  return html`<div class="inbox${view.selected ? " reading" : ""}">
<section class="list" aria-labelledby="inbox-title">
<div class="list-head">
${view.selected ? html`<h2 id="inbox-title">Inbox</h2>` : html`<h1 id="inbox-title">Inbox</h1>`}
<form role="search" action="/inbox">
<label class="sr" for="to">Show only messages to</label>
<input id="to" name="to" type="search" value="${view.to}" placeholder="E-mail or phone number" autocomplete="off">
<button class="button quiet">Filter</button>
</form>
</div>
<p class="sr" role="status" id="news"></p>
<ol id="messages">${messages.map((message) => entry(message, view))}</ol>
${messages.length > 0 ? nothing : emptyList(view.to)}
</section>
<article class="pane" aria-label="Message">${view.selected ? reading(view.selected, view) : unread(messages.length)}</article>
</div>`;
}

function linkTo(message: Message, { to }: Pick<View, "to">, more: Record<string, string> = {}): string {
  return `/inbox?${new URLSearchParams({ ...(to !== "" && { to }), message: message.id, ...more })}`;
}

function entry(message: Message, view: View): Html {
  const title = message.channel === "sms" ? "Text message" : message.subject;
  const current = message.id === view.selected?.id ? { html: ' aria-current="true"' } : nothing;
  return html`<li><a href="${linkTo(message, view)}"${current}>
<span class="top"><span class="to">${message.to}</span> ${time(message.at)}</span>
<span class="subject"><span class="badge ${message.channel}">${message.channel === "sms" ? "SMS" : "Mail"}</span> ${title}</span>
<span class="snippet">${message.text.slice(0, 140)}</span>
</a></li>`;
}

function emptyList(to: string): Html {
  const text =
    to === "" ? "No messages yet. Place an order, and its confirmation shows up here." : `No messages to ${to}.`;
  return html`<p class="empty">${text}</p>`;
}

function unread(count: number): Html {
  return html`<p class="empty">${count === 0 ? "What the shop sends is kept here and goes nowhere else." : "Choose a message to read it."}</p>`;
}

function reading(message: Message, view: View): Html {
  const back = view.to === "" ? "/inbox" : `/inbox?${new URLSearchParams({ to: view.to })}`;
  return html`<a class="back" href="${back}">All messages</a>
<header>
<h1>${message.channel === "sms" ? "Text message" : message.subject}</h1>
<dl class="facts">
<div><dt>To</dt><dd>${message.to}</dd></div>
<div><dt>From</dt><dd>${message.from}</dd></div>
<div><dt>At</dt><dd>${time(message.at)}</dd></div>
</dl>
${message.html === undefined ? nothing : tabs(message, view)}
</header>
${content(message, view)}`;
}

function tabs(message: Message, view: View): Html {
  const tab = (name: string, href: string, here: boolean) =>
    html`<a href="${href}"${here ? { html: ' aria-current="true"' } : nothing}>${name}</a>`;
  return html`<nav class="tabs" aria-label="Form of the message">${tab("Designed", linkTo(message, view), !view.asText)}${tab(
    "Plain text",
    linkTo(message, view, { view: "text" }),
    view.asText,
  )}</nav>`;
}

function content(message: Message, { asText }: View): Html {
  if (message.html === undefined || asText)
    return html`<pre class="${message.channel}" tabindex="0">${message.text}</pre>`;
  return html`<iframe title="${message.subject}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/inbox/messages/${message.id}/html"></iframe>`;
}

function time(at: string): Html {
  return html`<time datetime="${at}">${at.slice(0, 16).replace("T", " ")}</time>`;
}
