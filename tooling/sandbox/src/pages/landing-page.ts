import type { FastifyInstance } from "fastify";
import type { FaultPlan } from "../faults/fault-plan.ts";
import type { Store } from "../storage/store.ts";
import { type TestCard, testCards } from "../stripe/test-cards.ts";
import { type Html, html } from "./html.ts";
import { sendPage } from "./layout.ts";

export type LandingParts = { store: Store; faults: FaultPlan; url: () => string };

/** The page at `/`: what this is, the cards to pay with, and how to make things go wrong. */
export function mountLandingPage(app: FastifyInstance, parts: LandingParts): void {
  app.get("/", async (_request, reply) =>
    sendPage(reply, { title: "Overview", current: "home", body: landing(parts) }),
  );
}

function landing({ store, faults, url }: LandingParts): Html {
  const count = (what: string, many: number) => html`<div><dt>${what}</dt><dd>${many}</dd></div>`;
  return html`
<h1>No real money, no real mail</h1>
<p class="lead">This sandbox stands in for Stripe, SendGrid, Twilio and AWS KMS. The shop talks to it with their official
clients and cannot tell the difference; you can see what it was sent, and make it slow, wrong or silent.</p>
<dl class="counts">
${count("payments", store.all("payment_intents").length)}
${count("refunds", store.all("refunds").length)}
${count("events", store.all("events").length)}
${count("messages", store.all("messages").length)}
${count("faults in force", faults.list().length)}
</dl>
<p class="actions"><a class="button" href="/inbox">Open the inbox</a> <a href="/sandbox/state">Everything as JSON</a>
<a href="/sandbox/faults">Faults in force</a></p>

<section aria-labelledby="cards">
<h2 id="cards">Cards to pay with</h2>
<p>Any future expiry date and any three digits (four for American Express) will do. In API calls use the names, as
<code>pm_card_visa</code> or <code>tok_visa</code>.</p>
${table("Cards that pay", testCards.filter(isGood))}
${table(
  "Cards that ask, decline, or come back later",
  testCards.filter((card) => !isGood(card)),
)}
</section>

<section aria-labelledby="faults">
<h2 id="faults">Make it go wrong</h2>
<p><code>POST /sandbox/faults</code> with <code>target</code> and <code>kind</code>; narrow it with <code>match</code>
(<code>method</code>, <code>path</code>, <code>event</code>), <code>times</code>, or <code>probability</code> and <code>seed</code>.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Kinds of faults"><table>
<thead><tr><th scope="col">kind</th><th scope="col">what happens</th></tr></thead>
<tbody>${faultKinds.map(([kind, what]) => html`<tr><th scope="row"><code>${kind}</code></th><td>${what}</td></tr>`)}</tbody>
</table></div>
<pre tabindex="0"><code>curl ${url()}/sandbox/faults -H 'content-type: application/json' \\
  -d '{"target":"stripe","kind":"timeoutAfterEffect","match":{"method":"POST","path":"/confirm$"},"times":1}'
curl -X DELETE ${url()}/sandbox/faults</code></pre>
</section>

<section aria-labelledby="clients">
<h2 id="clients">Point the clients here</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Clients"><table>
<thead><tr><th scope="col">client</th><th scope="col">key</th><th scope="col">how</th></tr></thead>
<tbody>
<tr><th scope="row">stripe</th><td><code>sk_test_…</code>, <code>pk_test_…</code></td><td><code>new Stripe(key, { protocol: "http", host, port })</code></td></tr>
<tr><th scope="row">@sendgrid/mail</th><td><code>SG.…</code></td><td>after <code>setApiKey</code>: <code>client.setDefaultRequest("baseUrl", "${url()}/")</code></td></tr>
<tr><th scope="row">twilio</th><td><code>AC…</code>, any token</td><td><code>client.api.baseUrl = "${url()}"</code></td></tr>
<tr><th scope="row">@aws-sdk/client-kms</th><td>any</td><td><code>AWS_ENDPOINT_URL_KMS=${url()}</code></td></tr>
</tbody></table></div>
</section>`;
}

function isGood({ what }: TestCard): boolean {
  return what === "succeeds";
}

function table(caption: string, cards: TestCard[]): Html {
  const rows = cards.map(
    ({ number, names, brand, what }) => html`<tr><th scope="row"><code class="number">${grouped(number)}</code></th>
<td>${names[0] === undefined ? "" : html`<code>pm_card_${names[0]}</code>`}</td><td>${brand}</td><td>${what}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr><th scope="col">number</th><th scope="col">name</th><th scope="col">brand</th><th scope="col">what happens</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function grouped(number: string): string {
  return number.length === 15
    ? number.replace(/(.{4})(.{6})(.{5})/, "$1 $2 $3")
    : number.replace(/(.{4})(?=.)/g, "$1 ");
}

const faultKinds: [kind: string, what: string][] = [
  ["delay", 'waits ms before the work is done, or after it with when: "after"'],
  ["status", "answers with status (500, 429, …) instead of doing the work, or after doing it"],
  ["timeoutAfterEffect", "does the work and never answers"],
  ["reset", "cuts the connection, before or after the work"],
  ["garbage", "does the work and sends half of the answer"],
  ["lose", "webhooks: an event is never sent"],
  ["duplicate", "webhooks: an event is sent n times more"],
  ["reorder", "webhooks: an event waits until a later one has arrived, ms at most"],
  ["late", "webhooks: an event is sent ms later"],
];
