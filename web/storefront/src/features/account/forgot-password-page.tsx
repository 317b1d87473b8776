import { useMutation } from "@tanstack/react-query";
import { requestPasswordReset } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "react-router";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { emailError, type FieldError } from "../checkout/address-draft.ts";
import { AccountCard } from "./account-card.tsx";

/** Asks for a link to set a new password. The answer never tells whether there is an account. */
export default function ForgotPasswordPage() {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const [search] = useSearchParams();
  const [email, setEmail] = useState(search.get("email") ?? "");
  const [error, setError] = useState<FieldError>();
  usePageMeta(words.forgotTitle);
  const asking = useMutation({ mutationFn: () => call(requestPasswordReset, { body: { email: email.trim() } }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = emailError(email);
    setError(wrong);
    if (!wrong && !asking.isPending) asking.mutate();
  };
  return (
    <AccountCard title={words.forgotTitle}>
      {asking.isSuccess ? (
        <Notice tone="good" title={words.forgotSentTitle}>
          {words.forgotSent(email.trim())}
        </Notice>
      ) : (
        <form noValidate onSubmit={submit} className="flex flex-col gap-5">
          <p className="text-ink-soft">{words.forgotText}</p>
          <TextField
            label={words.email}
            type="email"
            autoComplete="username"
            required
            value={email}
            error={error && checkout.errors[error]}
            onChange={(event) => setEmail(event.target.value)}
          />
          {asking.error && <Notice tone="error">{failureText(asking.error, messages)}</Notice>}
          <Button type="submit" size="l" wide busy={asking.isPending}>
            {words.forgotSend}
          </Button>
        </form>
      )}
      <PageLink to="/sign-in" className="underlined self-start font-medium">
        {words.backToSignIn}
      </PageLink>
    </AccountCard>
  );
}
