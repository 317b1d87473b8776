import { useMutation } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { stepUp } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, type ReactNode, useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PasswordField } from "./password-field.tsx";

interface StepUpProps {
  /** What happens once the password was right. */
  action: () => Promise<unknown>;
  label: string;
  children?: ReactNode;
  onDone: () => void;
  /** What to say of an action that failed. */
  explain?: typeof failureText;
}

/** Asks for the password before something that can't be undone or that opens the account to others. */
export function StepUp({ action, label, children, onDone, explain = failureText }: StepUpProps) {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const run = useMutation({
    mutationFn: async () => {
      await call(stepUp, { body: { password } });
      await action();
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password !== "" && !run.isPending) run.mutate();
  };
  const wrong = run.error instanceof CallFailed && run.error.problem.code === "credentials.invalid";
  const error = checked && password === "" ? checkout.errors.required : wrong ? words.currentWrong : undefined;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      {children}
      <PasswordField
        label={words.currentPassword}
        autoComplete="current-password"
        value={password}
        error={error}
        onChange={setPassword}
      />
      {run.error && !error && <Notice tone="error">{explain(run.error, messages)}</Notice>}
      <Button type="submit" className="self-start" busy={run.isPending}>
        {label}
      </Button>
    </form>
  );
}
