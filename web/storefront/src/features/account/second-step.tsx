import { useMutation } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import type { CallInput } from "@tradepost/contracts/route";
import type { SignedIn, User } from "@tradepost/contracts/user";
import { completeSignIn, FactorChallenge } from "@tradepost/contracts/user-factors";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { call } from "../../app/api.ts";
import { useMessages } from "../../app/market.tsx";
import { AccountCard } from "./account-card.tsx";
import { FactorField, FactorSwitch, isFactorComplete, type TypedMethod, typedFactor } from "./factor-field.tsx";
import { factorTrouble } from "./factor-trouble.ts";
import { answerWithPasskey } from "./passkey-device.ts";

/** Who signed in, or what is asked for first. */
export type Admission = { user: User } | { challenge: FactorChallenge };

/** Waits for a sign-in that may ask for a second factor. */
export async function admitted(work: Promise<SignedIn>): Promise<Admission> {
  try {
    return { user: (await work).user };
  } catch (error) {
    if (!(error instanceof CallFailed) || error.problem.code !== "factor.required") throw error;
    const { success, data } = FactorChallenge.safeParse(error.problem);
    if (!success) throw error;
    return { challenge: data };
  }
}

type Answer = CallInput<typeof completeSignIn>["body"];

interface SecondStepProps {
  challenge: FactorChallenge;
  onDone: (user: User) => unknown;
  /** Too late, or answered elsewhere: the sign-in begins anew. */
  onExpired: () => void;
}

/** The second factor, after the password or the provider. */
export function SecondStep({ challenge, onDone, onExpired }: SecondStepProps) {
  const messages = useMessages();
  const { factors: words } = messages.account;
  const { challengeId, methods, passkey } = challenge;
  const [typed, setTyped] = useState<TypedMethod>(methods.includes("totp") ? "totp" : "recoveryCode");
  const answer = useMutation({
    mutationFn: async (find: () => Promise<Answer> | Answer) => call(completeSignIn, { body: await find() }),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => error instanceof CallFailed && error.problem.code === "factor.expired" && onExpired(),
  });
  const canSwitch = methods.includes("totp") && methods.includes("recoveryCode");
  return (
    <AccountCard title={words.secondStep}>
      <p className="text-ink-soft">{words.secondStepText}</p>
      {answer.error && <Notice tone="error">{factorTrouble(answer.error, messages)}</Notice>}
      {passkey && (
        <Button
          size="l"
          wide
          busy={answer.isPending}
          onClick={() => answer.mutate(async () => ({ challengeId, passkey: await answerWithPasskey(passkey) }))}
        >
          {words.usePasskey}
        </Button>
      )}
      {methods.includes(typed) && (
        <TypedFactor
          key={typed}
          method={typed}
          look={passkey ? "outline" : "solid"}
          busy={answer.isPending}
          onAnswer={(text) => answer.mutate(() => ({ challengeId, ...typedFactor(typed, text) }))}
        />
      )}
      {canSwitch && <FactorSwitch method={typed} onChange={setTyped} />}
    </AccountCard>
  );
}

interface TypedFactorProps {
  method: TypedMethod;
  look: "solid" | "outline";
  busy: boolean;
  onAnswer: (text: string) => void;
}

function TypedFactor({ method, look, busy, onAnswer }: TypedFactorProps) {
  const { account } = useMessages();
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const isComplete = isFactorComplete(method, text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isComplete && !busy) onAnswer(text);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FactorField method={method} value={text} isMissing={checked && !isComplete} onChange={setText} />
      <Button type="submit" look={look} size="l" wide busy={busy}>
        {account.signIn}
      </Button>
    </form>
  );
}
