import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { verifyEmail } from "@tradepost/contracts/user";
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
import { meOptions } from "./use-me.ts";

const codeOf = (error: unknown) => (error instanceof CallFailed ? error.problem.code : undefined);

/** Where the mailed link leads. A click proves the address, since mail programs open links by themselves. */
export default function VerifyEmailPage() {
  const { account: words } = useMessages();
  const token = useMailedToken();
  const client = useQueryClient();
  usePageMeta(words.verifyPage);
  const verify = useMutation({
    mutationFn: (body: { token: string; password?: string }) => call(verifyEmail, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: meOptions.queryKey }),
  });
  const isSpent = token === null || codeOf(verify.error) === "link.invalid";
  return (
    <AccountCard title={words.verifyPage}>
      {verify.isSuccess ? (
        <>
          <Notice tone="good">{words.verified}</Notice>
          <PageLink to="/account" className={buttonClass({ size: "l", wide: true })}>
            {words.title}
          </PageLink>
        </>
      ) : isSpent ? (
        <>
          <Notice tone="error">{words.linkSpent}</Notice>
          <PageLink to="/account" className={buttonClass({ look: "outline", size: "l", wide: true })}>
            {words.title}
          </PageLink>
        </>
      ) : (
        <Confirm
          error={verify.error}
          busy={verify.isPending}
          onConfirm={(password) => verify.mutate(password === "" ? { token } : { token, password })}
        />
      )}
    </AccountCard>
  );
}

interface ConfirmProps {
  error: Error | null;
  busy: boolean;
  onConfirm: (password: string) => void;
}

/** One click for whoever is signed in to the account here; elsewhere, as on the phone, its password too. */
function Confirm({ error, busy, onConfirm }: ConfirmProps) {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const { data: me, isPending } = useQuery(meOptions);
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const code = codeOf(error);
  const isWrong = code === "credentials.invalid";
  const isOthers = code === "password.required";
  const asksPassword = me === null || isOthers || isWrong || password !== "";
  const isMissing = asksPassword && password === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(asksPassword);
    if (!isMissing && !busy && !isPending) onConfirm(password);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <p>{asksPassword ? words.verifyAskPassword : words.verifyAsk}</p>
      {error && !isWrong && !isOthers && (
        <Notice tone="error">{code === "email.taken" ? words.emailTaken : failureText(error, messages)}</Notice>
      )}
      {asksPassword && (
        <PasswordField
          label={words.password}
          autoComplete="current-password"
          value={password}
          error={checked && isMissing ? checkout.errors.required : isWrong ? words.verifyWrong : undefined}
          onChange={setPassword}
        />
      )}
      <Button type="submit" size="l" wide busy={busy || isPending}>
        {words.verifyConfirm}
      </Button>
      {asksPassword && (
        <PageLink to="/forgot-password" className="underlined self-start font-medium">
          {words.forgot}
        </PageLink>
      )}
    </form>
  );
}
