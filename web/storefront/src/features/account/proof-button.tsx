import { useMutation } from "@tanstack/react-query";
import { Button, type ButtonLook } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { useMessages } from "../../app/market.tsx";
import { factorTrouble } from "./factor-trouble.ts";
import { isProofMissing, ProofModal, useProof } from "./proof-modal.tsx";

interface ProofButtonProps extends ButtonLook {
  label: string;
  /** Where one label stands for several things. */
  describedAs?: string;
  /** What it does, once it was shown lately who asks; it may be tried again. */
  action: () => Promise<unknown>;
}

/** A button for what only the owner may do: it asks who it is, unless this session has shown it lately. */
export function ProofButton({ label, describedAs, action, look = "outline", ...size }: ProofButtonProps) {
  const messages = useMessages();
  const proof = useProof(() => run.mutate());
  const run = useMutation({ mutationFn: action, onError: proof.onError });
  return (
    <div className="flex flex-col items-start gap-3">
      <Button look={look} {...size} busy={run.isPending} aria-label={describedAs} onClick={() => run.mutate()}>
        {label}
      </Button>
      {run.error && !isProofMissing(run.error) && <Notice tone="error">{factorTrouble(run.error, messages)}</Notice>}
      <ProofModal {...proof.modal} title={describedAs ?? label} label={label} />
    </div>
  );
}
