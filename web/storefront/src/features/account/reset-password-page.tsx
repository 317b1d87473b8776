import { useMutation } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { resetPassword } from "@tradepost/contracts/user";
import { Button, buttonClass } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { AccountCard } from "./account-card.tsx";
import { useMailedToken } from "./mailed-token.ts";
import { PasswordField } from "./password-field.tsx";

/** Where the link of a password mail leads. */
export default function ResetPasswordPage() {
  const { account: words } = useMessages();
  const token = useMailedToken();
  const [done, setDone] = useState(false);
  const [spent, setSpent] = useState(token === null);
  usePageMeta(words.resetTitle);
  return (
    <AccountCard title={words.resetTitle}>
      {done ? (
        <>
          <Notice tone="good">{words.resetDone}</Notice>
          <PageLink to="/sign-in" className={buttonClass({ size: "l", wide: true })}>
            {words.signIn}
          </PageLink>
        </>
      ) : spent || token === null ? (
        <>
          <Notice tone="error">{words.linkSpent}</Notice>
          <PageLink to="/forgot-password" className={buttonClass({ look: "outline", size: "l", wide: true })}>
            {words.forgotSend}
          </PageLink>
        </>
      ) : (
        <ResetForm token={token} onDone={() => setDone(true)} onSpent={() => setSpent(true)} />
      )}
    </AccountCard>
  );
}

function ResetForm({ token, onDone, onSpent }: { token: string; onDone: () => void; onSpent: () => void }) {
  const messages = useMessages();
  const { account: words } = messages;
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const reset = useMutation({
    mutationFn: () => call(resetPassword, { body: { token, password } }),
    onSuccess: onDone,
    onError: (error) => error instanceof CallFailed && error.problem.code === "link.invalid" && onSpent(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password.length >= 8 && !reset.isPending) reset.mutate();
  };
  const breached = reset.error instanceof CallFailed && reset.error.problem.code === "password.breached";
  const error = checked && password.length < 8 ? words.tooShort : breached ? words.breached : undefined;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-ink-soft">{words.resetText}</p>
      <PasswordField
        label={words.newPassword}
        autoComplete="new-password"
        hint={words.passwordHint}
        value={password}
        error={error}
        onChange={setPassword}
      />
      {reset.error && !breached && <Notice tone="error">{failureText(reset.error, messages)}</Notice>}
      <Button type="submit" size="l" wide busy={reset.isPending}>
        {words.resetSave}
      </Button>
    </form>
  );
}
