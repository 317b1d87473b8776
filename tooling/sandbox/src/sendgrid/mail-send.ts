import { z } from "zod";

const person = z.object({
  email: z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: "Does not contain a valid address." }),
  name: z.string().optional(),
});
const customArgs = z.record(z.string(), z.string());

/** The body of `POST /v3/mail/send`, https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send. */
export const MailSend = z
  .object({
    personalizations: z
      .array(
        z.object({
          to: z.array(person).min(1),
          cc: z.array(person).optional(),
          bcc: z.array(person).optional(),
          subject: z.string().optional(),
          custom_args: customArgs.optional(),
          substitutions: z.record(z.string(), z.string()).optional(),
        }),
      )
      .min(1)
      .max(1000),
    from: person,
    reply_to: person.optional(),
    subject: z.string().optional(),
    content: z
      .array(z.object({ type: z.string().min(1), value: z.string().min(1) }))
      .min(1)
      .optional(),
    custom_args: customArgs.optional(),
    template_id: z.string().optional(),
    categories: z.array(z.string()).max(10).optional(),
    send_at: z.int().optional(),
    mail_settings: z.object({ sandbox_mode: z.object({ enable: z.boolean() }).optional() }).optional(),
  })
  .superRefine((mail, ctx) => {
    if (mail.template_id === undefined && !mail.content) {
      ctx.addIssue({
        code: "custom",
        path: ["content"],
        message: "Unless a valid template_id is provided, the content parameter is required.",
      });
    }
    if (!mail.subject && mail.template_id === undefined && mail.personalizations.some(({ subject }) => !subject)) {
      const message =
        "The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.";
      ctx.addIssue({ code: "custom", path: ["subject"], message });
    }
    const plain = mail.content?.findIndex(({ type }) => type === "text/plain") ?? -1;
    if (plain > 0) {
      const message = "If present, text/plain and text/html may only be provided once, and text/plain must be first.";
      ctx.addIssue({ code: "custom", path: ["content"], message });
    }
  });
export type MailSend = z.infer<typeof MailSend>;

/** SendGrid's error shape: `personalizations.0.to.0.email` names the field. */
export function validationErrors(error: z.ZodError) {
  return {
    errors: error.issues.map(({ message, path }) => ({ message, field: path.join(".") || null, help: null })),
  };
}

export type Recipient = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  customArgs: Record<string, string>;
};

/** One entry for each person who gets the mail. */
export function recipientsOf(mail: MailSend): Recipient[] {
  return mail.personalizations.flatMap((part) => {
    const fill = (value: string) =>
      Object.entries(part.substitutions ?? {}).reduce((text, [mark, by]) => text.replaceAll(mark, by), value);
    const body = (type: string) => mail.content?.find((content) => content.type === type)?.value;
    const html = body("text/html");
    const letter = {
      subject: fill(part.subject || (mail.subject ?? "")),
      text: fill(body("text/plain") ?? ""),
      ...(html !== undefined && { html: fill(html) }),
      customArgs: { ...mail.custom_args, ...part.custom_args },
    };
    return [...part.to, ...(part.cc ?? []), ...(part.bcc ?? [])].map(({ email }) => ({ to: email, ...letter }));
  });
}
