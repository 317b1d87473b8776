import type { Sandbox } from "@tradepost/sandbox/start-sandbox";

export interface Received {
  channel: "email" | "sms";
  to: string;
  subject: string;
  text: string;
  html?: string;
}

/** What the sandbox accepted for an address or number, newest first. */
export async function inboxOf({ url }: Sandbox, to: string): Promise<Received[]> {
  const response = await fetch(`${url}/inbox/messages?to=${encodeURIComponent(to)}`);
  return ((await response.json()) as { items: Received[] }).items;
}

/** Lets calls to a provider go wrong; see the sandbox's README. */
export async function addFault({ url }: Sandbox, fault: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/sandbox/faults`, { method: "POST", headers, body: JSON.stringify(fault) });
  if (!response.ok) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
}
