import { useMutation, useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { Button, type ButtonLook, buttonClass } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { Notice } from "@tradepost/ui/notice";
import { useState } from "react";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { factorsOptions } from "./account-queries.ts";
import { factorTrouble } from "./factor-trouble.ts";
import { StepUp } from "./step-up.tsx";

interface ProofButtonProps extends ButtonLook {
  label: string;
  /** Where one label stands for several things. */
  describedAs?: string;
  /** What it does, once the password was shown lately; it may be tried again. */
  action: () => Promise<unknown>;
}

/** A button for what only the owner may do: it asks for the password, unless this session has shown it lately. */
export function ProofButton({ label, describedAs, action, look = "outline", ...size }: ProofButtonProps) {
  const messages = useMessages();
  const { data: factors } = useQuery(factorsOptions);
  const [asking, setAsking] = useState(false);
  const run = useMutation({
    mutationFn: action,
    onError: (error) => isProofMissing(error) && setAsking(true),
  });
  const close = () => setAsking(false);
  return (
    <div className="flex flex-col items-start gap-3">
      <Button look={look} {...size} busy={run.isPending} aria-label={describedAs} onClick={() => run.mutate()}>
        {label}
      </Button>
      {run.error && !isProofMissing(run.error) && <Notice tone="error">{factorTrouble(run.error, messages)}</Notice>}
      <Modal open={asking} onClose={close} title={describedAs ?? label} closeLabel={messages.shop.close}>
        {factors?.hasPassword === false ? (
          <NoPassword />
        ) : (
          <StepUp action={action} label={label} onDone={close} explain={factorTrouble} />
        )}
      </Modal>
    </div>
  );
}

const isProofMissing = (error: unknown): boolean =>
  error instanceof CallFailed && error.problem.code === "session.step_up_required";

function NoPassword() {
  const { factors: words } = useMessages().account;
  return (
    <div className="flex flex-col items-start gap-5">
      <p>{words.noPassword}</p>
      <PageLink to="/forgot-password" className={buttonClass()}>
        {words.setPassword}
      </PageLink>
    </div>
  );
}
