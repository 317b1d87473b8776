import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import type { CallInput } from "@tradepost/contracts/route";
import { type Factors, startStepUpPasskey, stepUp } from "@tradepost/contracts/user-factors";
import { Button, buttonClass } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { factorsOptions } from "./account-queries.ts";
import { factorTrouble } from "./factor-trouble.ts";
import { answerWithPasskey, canUsePasskeys } from "./passkey-device.ts";
import { PasswordProof } from "./password-proof.tsx";

export type Proof = CallInput<typeof stepUp>["body"];

export interface StepUpProps {
  /** What the button says that goes on. */
  label: string;
  /** What was typed before it turned out that more is needed. */
  password?: string;
  onProved: () => void;
}

/** Asks for what shows that it is the owner: a passkey, or the password and the second factor if there is one. */
export function StepUp(props: StepUpProps) {
  const { data: factors, error, refetch } = useQuery(factorsOptions);
  if (error) return <FailureNotice error={error} onRetry={refetch} />;
  return factors ? <AskOwner factors={factors} {...props} /> : <Skeleton className="h-28 w-full" />;
}

function AskOwner({ factors, label, password: typed = "", onProved }: StepUpProps & { factors: Factors }) {
  const messages = useMessages();
  const { factors: words } = messages.account;
  const client = useQueryClient();
  const [password, setPassword] = useState(typed);
  const prove = useMutation({
    mutationFn: async (find: () => Promise<Proof> | Proof) => call(stepUp, { body: await find() }),
    onSuccess: onProved,
    // A recovery code is one less, or a factor was added elsewhere.
    onSettled: () => client.invalidateQueries({ queryKey: factorsOptions.queryKey }),
  });
  const byPasskey = async (): Promise<Proof> => {
    const alone = password === "";
    const { options } = await call(startStepUpPasskey, { body: { alone } });
    const passkey = await answerWithPasskey(options);
    return alone ? { passkey } : { password, passkey };
  };
  const hasPasskey = factors.passkeys.length > 0 && canUsePasskeys();
  const isWrong = prove.error instanceof CallFailed && prove.error.problem.code === "credentials.invalid";
  return (
    <div className="flex flex-col items-stretch gap-5">
      {prove.error && !isWrong && <Notice tone="error">{factorTrouble(prove.error, messages)}</Notice>}
      {hasPasskey && (
        <div className="flex flex-col gap-2">
          <Button className="self-start" busy={prove.isPending} onClick={() => prove.mutate(byPasskey)}>
            {words.showPasskey}
          </Button>
          {factors.hasPassword && <p className="text-ink-soft text-sm">{words.passwordFirst}</p>}
        </div>
      )}
      {factors.hasPassword ? (
        <PasswordProof
          {...{ factors, label, password, isWrong, busy: prove.isPending, look: hasPasskey ? "outline" : "solid" }}
          onPassword={setPassword}
          onProof={(proof) => prove.mutate(() => proof)}
        />
      ) : (
        <NoPassword />
      )}
    </div>
  );
}

function NoPassword() {
  const { factors: words } = useMessages().account;
  return (
    <div className="flex flex-col items-start gap-5">
      <p>{words.noPassword}</p>
      <PageLink to="/forgot-password" className={buttonClass({ look: "outline" })}>
        {words.setPassword}
      </PageLink>
    </div>
  );
}
