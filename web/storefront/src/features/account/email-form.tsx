import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { changeEmail, type User } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { emailError } from "../checkout/address-draft.ts";
import { factorsOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { PasswordField } from "./password-field.tsx";
import { isProofMissing, ProofModal, useProof } from "./proof-modal.tsx";
import { meOptions } from "./use-me.ts";

/** Another e-mail address; it counts once the link that is sent to it was followed. */
export function EmailForm({ me }: { me: User }) {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const client = useQueryClient();
  const { data: factors } = useQuery(factorsOptions);
  const hasPassword = factors?.hasPassword !== false;
  const proof = useProof(() => change.mutate());
  const change = useMutation({
    onError: proof.onError,
    mutationFn: () =>
      call(changeEmail, { body: { email: email.trim(), ...(hasPassword && { currentPassword: password }) } }),
    onSuccess: () => {
      setPassword("");
      setChecked(false);
      return client.invalidateQueries({ queryKey: meOptions.queryKey });
    },
  });
  const wrongEmail = checked ? emailError(email) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const isMissing = hasPassword && password === "";
    if (!emailError(email) && !isMissing && !change.isPending) change.mutate();
  };
  const code = change.error instanceof CallFailed ? change.error.problem.code : undefined;
  const passwordError =
    checked && hasPassword && password === ""
      ? checkout.errors.required
      : code === "credentials.invalid"
        ? words.currentWrong
        : undefined;
  return (
    <AccountSection title={words.changeEmail} text={words.changeEmailText(me.email)}>
      <form noValidate onSubmit={submit} className="flex flex-col items-stretch gap-4">
        <TextField
          label={words.newEmail}
          type="email"
          autoComplete="email"
          required
          value={email}
          error={wrongEmail && checkout.errors[wrongEmail]}
          onChange={(event) => setEmail(event.target.value)}
        />
        {hasPassword && (
          <PasswordField
            label={words.currentPassword}
            autoComplete="current-password"
            value={password}
            error={passwordError}
            onChange={setPassword}
          />
        )}
        {change.error && !passwordError && !isProofMissing(change.error) && (
          <Notice tone="error">{failureText(change.error, messages)}</Notice>
        )}
        {change.isSuccess && <Notice tone="good">{words.verifySent(email.trim())}</Notice>}
        <Button type="submit" className="self-start" busy={change.isPending}>
          {words.changeEmail}
        </Button>
      </form>
      <ProofModal {...proof.modal} title={words.changeEmail} label={words.changeEmail} password={password} />
    </AccountSection>
  );
}
