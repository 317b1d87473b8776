import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { changePassword, type User } from "@tradepost/contracts/user";
import { Button, buttonClass } from "@tradepost/ui/button";
import { classNames } from "@tradepost/ui/class-names";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { factorsOptions, sessionsOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { PasswordField } from "./password-field.tsx";
import { isProofMissing, ProofModal, useProof } from "./proof-modal.tsx";

/** Changes the password, or leads to where a first one is set. */
export function PasswordForm({ me }: { me: User }) {
  const { account: words } = useMessages();
  const { data: factors } = useQuery(factorsOptions);
  if (factors?.hasPassword !== false) return <ChangePassword me={me} />;
  return (
    <AccountSection title={words.factors.setPassword} text={words.factors.setPasswordText}>
      <PageLink
        to={`/forgot-password?${new URLSearchParams({ email: me.email })}`}
        className={classNames(buttonClass({ look: "outline" }), "self-start")}
      >
        {words.factors.setPassword}
      </PageLink>
    </AccountSection>
  );
}

function ChangePassword({ me }: { me: User }) {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [checked, setChecked] = useState(false);
  const client = useQueryClient();
  const proof = useProof(() => change.mutate());
  const change = useMutation({
    onError: proof.onError,
    mutationFn: () => call(changePassword, { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      setChecked(false);
      return client.invalidateQueries({ queryKey: sessionsOptions.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (current !== "" && next.length >= 8 && !change.isPending) change.mutate();
  };
  const code = change.error instanceof CallFailed ? change.error.problem.code : undefined;
  const currentError =
    checked && current === ""
      ? checkout.errors.required
      : code === "credentials.invalid"
        ? words.currentWrong
        : undefined;
  const nextError =
    checked && next.length < 8 ? words.tooShort : code === "password.breached" ? words.breached : undefined;
  return (
    <AccountSection title={words.changePassword}>
      <form noValidate onSubmit={submit} className="flex flex-col items-stretch gap-4">
        <input type="hidden" autoComplete="username" value={me.email} readOnly />
        <PasswordField
          label={words.currentPassword}
          autoComplete="current-password"
          value={current}
          error={currentError}
          onChange={setCurrent}
        />
        <PasswordField
          label={words.newPassword}
          autoComplete="new-password"
          hint={words.passwordHint}
          value={next}
          error={nextError}
          onChange={setNext}
        />
        {change.error && !currentError && !nextError && !isProofMissing(change.error) && (
          <Notice tone="error">{failureText(change.error, messages)}</Notice>
        )}
        {change.isSuccess && <Notice tone="good">{words.passwordChanged}</Notice>}
        <Button type="submit" className="self-start" busy={change.isPending}>
          {words.changePassword}
        </Button>
      </form>
      <ProofModal {...proof.modal} title={words.changePassword} label={words.changePassword} password={current} />
    </AccountSection>
  );
}
