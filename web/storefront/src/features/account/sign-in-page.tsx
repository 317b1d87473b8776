import { useMutation } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { signIn, type User } from "@tradepost/contracts/user";
import type { FactorChallenge } from "@tradepost/contracts/user-factors";
import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { emailError, type FieldErrors } from "../checkout/address-draft.ts";
import { AccountCard } from "./account-card.tsx";
import { nextPage, withNext } from "./next-page.ts";
import { OtherSignIns } from "./other-sign-ins.tsx";
import { PasswordField } from "./password-field.tsx";
import { admitted, SecondStep } from "./second-step.tsx";
import { useEnter } from "./use-me.ts";

export default function SignInPage() {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const enter = useEnter();
  const [email, setEmail] = useState(search.get("email") ?? "");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<FieldErrors<"email" | "password">>({});
  usePageMeta(words.signIn);
  const [challenge, setChallenge] = useState<FactorChallenge | undefined>();
  const [expired, setExpired] = useState(false);
  const finish = async (user: User) => {
    await enter(user);
    navigate(nextPage(search), { replace: true });
  };
  const expire = () => {
    setChallenge(undefined);
    setExpired(true);
  };
  const signingIn = useMutation({
    mutationFn: () => admitted(call(signIn, { body: { email: email.trim(), password } })),
    onSuccess: (admission) => ("user" in admission ? finish(admission.user) : setChallenge(admission.challenge)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrongEmail = emailError(email);
    const found = {
      ...(wrongEmail && { email: wrongEmail }),
      ...(password === "" && { password: "required" as const }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0 && !signingIn.isPending) signingIn.mutate();
  };
  const wrong = signingIn.error instanceof CallFailed && signingIn.error.problem.code === "credentials.invalid";
  if (challenge) return <SecondStep challenge={challenge} onDone={finish} onExpired={expire} />;
  return (
    <AccountCard title={words.signInTitle}>
      {expired && <Notice tone="warning">{words.factors.expired}</Notice>}
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          required
          value={email}
          error={errors.email && checkout.errors[errors.email]}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label={words.password}
          autoComplete="current-password"
          value={password}
          error={errors.password && checkout.errors[errors.password]}
          onChange={setPassword}
        />
        {signingIn.error && (
          <Notice tone="error">{wrong ? words.wrong : failureText(signingIn.error, messages)}</Notice>
        )}
        <Button type="submit" size="l" wide busy={signingIn.isPending}>
          {words.signIn}
        </Button>
      </form>
      <PageLink
        to={`/forgot-password${email === "" ? "" : `?${new URLSearchParams({ email: email.trim() })}`}`}
        className="underlined self-start font-medium"
      >
        {words.forgot}
      </PageLink>
      <OtherSignIns next={nextPage(search)} onDone={finish} />
      <p className="text-ink-soft">
        {words.noAccount}{" "}
        <PageLink to={withNext("/register", search)} className="underlined font-medium text-ink">
          {words.register}
        </PageLink>
      </p>
    </AccountCard>
  );
}
