import type { User } from "@tradepost/contracts/user";
import { TextField } from "@tradepost/ui/field";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import type { CheckoutDraft, DraftErrors } from "./checkout-draft.ts";
import { CheckoutSection } from "./checkout-section.tsx";

interface ContactSectionProps {
  me: User | null;
  draft: CheckoutDraft;
  errors: DraftErrors;
  onChange: (patch: Partial<CheckoutDraft>) => void;
}

/** Where the confirmation goes to: a guest's e-mail address, or the shopper's own. */
export function ContactSection({ me, draft, errors, onChange }: ContactSectionProps) {
  const { checkout: words } = useMessages();
  if (me) {
    return (
      <CheckoutSection title={words.contact}>
        <p className="text-ink-soft">{words.signedInAs(me.email)}</p>
      </CheckoutSection>
    );
  }
  const signIn = (
    <p className="text-ink-soft text-sm">
      {words.haveAccount}{" "}
      <PageLink to="/sign-in?next=/checkout" className="underlined font-medium text-ink">
        {words.signIn}
      </PageLink>
    </p>
  );
  return (
    <CheckoutSection title={words.contact} aside={signIn}>
      <TextField
        label={words.email}
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        hint={words.emailHint}
        value={draft.email}
        error={errors.email && words.errors[errors.email]}
        onChange={(event) => onChange({ email: event.target.value })}
      />
    </CheckoutSection>
  );
}
