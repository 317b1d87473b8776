/** A mail or a text message that the sandbox accepted instead of delivering it. */
export type Message = {
  id: string;
  channel: "email" | "sms";
  to: string;
  from: string;
  subject: string;
  text: string;
  html?: string;
  /** When it was accepted, ISO 8601 UTC. */
  at: string;
  /** What the sender attached to find it again; SendGrid's custom arguments. */
  customArgs: Record<string, string>;
  /** One API call may reach several people: SendGrid's x-message-id, or Twilio's own sid. */
  providerId: string;
};
