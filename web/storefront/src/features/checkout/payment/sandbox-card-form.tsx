import { TextField } from "@tradepost/ui/field";
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { useMessages } from "../../../app/market.tsx";
import { type CardDraft, type CardErrors, groupDigits, readCard, spellExpiry } from "./card-draft.ts";
import type { PaymentForm } from "./payment-form.ts";
import { confirmWithCard } from "./stripe-wire.ts";

const TEST_CARDS = [
  { name: "approve", number: "4242424242424242" },
  { name: "decline", number: "4000000000000002" },
  { name: "insufficient", number: "4000000000009995" },
  { name: "authenticate", number: "4000002760003184" },
] as const;
const testExpiry = () => `12/${String((new Date().getFullYear() + 3) % 100)}`;

/** The card form of a shop that runs against the Stripe sandbox: the card goes from here to the sandbox only. */
export default function SandboxCardForm({ ref, apiUrl }: { ref: Ref<PaymentForm>; apiUrl: string }) {
  const { card: words } = useMessages().checkout;
  const [draft, setDraft] = useState<CardDraft>({ number: "", expiry: "", cvc: "" });
  const [errors, setErrors] = useState<CardErrors>({});
  const fields = useRef<HTMLDivElement>(null);

  useImperativeHandle(ref, () => ({
    check: () => {
      const read = readCard(draft);
      const wrong = "errors" in read ? read.errors : {};
      setErrors(wrong);
      const first = (["number", "expiry", "cvc"] as const).find((field) => wrong[field]);
      if (first) fields.current?.querySelector<HTMLInputElement>(`[name=card-${first}]`)?.focus();
      return first === undefined;
    },
    confirm: async (payment, returnUrl) => {
      const read = readCard(draft);
      if ("errors" in read) return { kind: "declined", decline: "generic" };
      return confirmWithCard({ apiUrl }, payment, read.card, returnUrl);
    },
  }));

  const field = (name: keyof CardDraft, spell: (typed: string) => string) => ({
    name: `card-${name}`,
    label: words[name],
    value: draft[name],
    error: errors[name] && words[errors[name]],
    inputMode: "numeric" as const,
    onChange: (event: { target: { value: string } }) => {
      setDraft({ ...draft, [name]: spell(event.target.value) });
      setErrors({ ...errors, [name]: undefined });
    },
  });
  return (
    <div ref={fields} className="flex flex-col gap-5 rounded-lg border border-line bg-surface p-5">
      <div className="flex flex-col gap-2 rounded-md bg-notice-soft p-4">
        <p className="font-semibold text-notice">{words.testMode}</p>
        <p className="text-sm">{words.testNote}</p>
        <fieldset className="mt-1 flex flex-wrap gap-2">
          <legend className="sr-only">{words.testCards}</legend>
          {TEST_CARDS.map(({ name, number }) => (
            <button
              key={name}
              type="button"
              className="inline-flex min-h-10 items-center rounded-md border border-line-strong bg-surface px-3 font-medium text-ink text-sm hover:border-ink"
              onClick={() => {
                setDraft({ number: groupDigits(number), expiry: testExpiry(), cvc: "123" });
                setErrors({});
              }}
            >
              {words[name]}
              <span className="ms-2 text-ink-soft tabular-nums">…{number.slice(-4)}</span>
            </button>
          ))}
        </fieldset>
      </div>
      <TextField {...field("number", groupDigits)} autoComplete="cc-number" placeholder="4242 4242 4242 4242" />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField {...field("expiry", spellExpiry)} autoComplete="cc-exp" placeholder="12/34" />
        <TextField
          {...field("cvc", (typed) => typed.replace(/\D/g, "").slice(0, 4))}
          autoComplete="cc-csc"
          placeholder="123"
        />
      </div>
    </div>
  );
}
