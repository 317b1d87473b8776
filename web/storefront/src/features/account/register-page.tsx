import { useMutation } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { registerUser } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMarket } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import type { Messages } from "../../messages/load-messages.ts";
import { emailError } from "../checkout/address-draft.ts";
import { AccountCard } from "./account-card.tsx";
import { nextPage, withNext } from "./next-page.ts";
import { PasswordField } from "./password-field.tsx";
import { useEnter } from "./use-me.ts";

interface Registration {
  name: string;
  email: string;
  password: string;
}
type RegistrationErrors = Partial<Record<keyof Registration, string>>;

export default function RegisterPage() {
  const { messages, currency } = useMarket();
  const { account: words } = messages;
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const enter = useEnter();
  const [draft, setDraft] = useState<Registration>({ name: "", email: "", password: "" });
  const [errors, setErrors] = useState<RegistrationErrors>({});
  usePageMeta(words.register);
  const registering = useMutation({
    mutationFn: () =>
      call(registerUser, { body: { ...draft, name: draft.name.trim(), email: draft.email.trim(), currency } }),
    onSuccess: async ({ user }) => {
      await enter(user);
      navigate(nextPage(search), { replace: true });
    },
    onError: (error) => setErrors(refusedFields(error, messages)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = wrongFields(draft, messages);
    setErrors(found);
    if (Object.keys(found).length === 0 && !registering.isPending) registering.mutate();
  };
  const unexplained = registering.error && Object.keys(errors).length === 0;
  return (
    <AccountCard title={words.registerTitle}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField
          label={words.name}
          autoComplete="name"
          required
          maxLength={120}
          value={draft.name}
          error={errors.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          required
          value={draft.email}
          error={errors.email}
          onChange={(event) => setDraft({ ...draft, email: event.target.value })}
        />
        <PasswordField
          label={words.password}
          autoComplete="new-password"
          hint={words.passwordHint}
          value={draft.password}
          error={errors.password}
          onChange={(password) => setDraft({ ...draft, password })}
        />
        {unexplained && <Notice tone="error">{failureText(registering.error, messages)}</Notice>}
        <Button type="submit" size="l" wide busy={registering.isPending}>
          {words.register}
        </Button>
      </form>
      <p className="text-ink-soft">
        {words.haveAccount}{" "}
        <PageLink to={withNext("/sign-in", search)} className="underlined font-medium text-ink">
          {words.signIn}
        </PageLink>
      </p>
    </AccountCard>
  );
}

function wrongFields({ name, email, password }: Registration, { account, checkout }: Messages): RegistrationErrors {
  const wrongEmail = emailError(email);
  return {
    ...(name.trim() === "" && { name: checkout.errors.required }),
    ...(wrongEmail && { email: checkout.errors[wrongEmail] }),
    ...(password.length < 8 && { password: account.tooShort }),
  };
}

function refusedFields(error: unknown, { account }: Messages): RegistrationErrors {
  const code = error instanceof CallFailed ? error.problem.code : undefined;
  if (code === "password.breached") return { password: account.breached };
  return {};
}
