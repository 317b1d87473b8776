import { randomBytes } from "node:crypto";

/** `SM` and 32 hexadecimal digits, as Twilio's ids. */
export const newMessageSid = () => `SM${randomBytes(16).toString("hex")}`;
