/** An answer in Twilio's error shape; the codes are those of https://www.twilio.com/docs/api/errors. */
export class TwilioError extends Error {
  readonly status: number;
  readonly body: { code: number; message: string; more_info: string; status: number };
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

export type Sms = { to: string; from: string; body: string };

/** Twilio's magic numbers, https://www.twilio.com/docs/iam/test-credentials#test-sms-messages. */
const magicRecipients: Record<string, [code: number, message: (to: string) => string]> = {
  "+15005550001": [21211, (to) => `The 'To' number ${to} is not a valid phone number.`],
  "+15005550002": [
    21612,
    (to) => `The 'To' phone number: ${to}, is not currently reachable using the 'From' phone number.`,
  ],
  "+15005550003": [
    21408,
    (to) => `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}.`,
  ],
  "+15005550004": [21610, () => "Attempt to send to unsubscribed recipient"],
  "+15005550009": [21614, () => "'To' number is not a valid mobile number"],
};

/** Reads the form of `POST …/Messages.json`, or throws Twilio's error. */
export function readSms(form: Record<string, string | undefined> = {}): Sms {
  const { To: to = "", From: from = form.MessagingServiceSid ?? "", Body: body = "" } = form;
  if (to === "") throw new TwilioError(400, 21604, "A 'To' phone number is required.");
  if (!/^\+[1-9]\d{6,14}$/.test(to)) throw new TwilioError(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (from === "") throw new TwilioError(400, 21603, "A 'From' phone number is required.");
  if (!/^(\+[1-9]\d{6,14}|MG\w{32}|(?=.*[A-Za-z])[\w +&-]{1,11})$/.test(from)) {
    throw new TwilioError(400, 21212, `Invalid From Number (caller ID): ${from}`);
  }
  if (body === "") throw new TwilioError(400, 21602, "Message body is required.");
  if (body.length > 1600)
    throw new TwilioError(400, 21617, "The concatenated message body exceeds the 1600 character limit");
  const magic = magicRecipients[to];
  if (magic) throw new TwilioError(400, magic[0], magic[1](to));
  return { to, from, body };
}
