import { CallFailed } from "@tradepost/api-client/call-error";
import { Modal } from "@tradepost/ui/modal";
import { useState } from "react";
import { useMessages } from "../../app/market.tsx";
import { StepUp, type StepUpProps } from "./step-up.tsx";

/** A refusal that means: show first that it is you. */
export const isProofMissing = (error: unknown): boolean =>
  error instanceof CallFailed && error.problem.code === "session.step_up_required";

/** Opens a ProofModal when something was refused for want of proof, and has it tried again once that was given. */
export function useProof(tryAgain: () => void) {
  const [open, setOpen] = useState(false);
  const onClose = () => setOpen(false);
  const onProved = () => {
    onClose();
    tryAgain();
  };
  return { modal: { open, onClose, onProved }, onError: (error: Error) => isProofMissing(error) && setOpen(true) };
}

interface ProofModalProps extends StepUpProps {
  open: boolean;
  title: string;
  onClose: () => void;
}

/** Asks who it is. */
export function ProofModal({ open, title, onClose, ...asked }: ProofModalProps) {
  const { shop } = useMessages();
  return (
    <Modal open={open} onClose={onClose} title={title} closeLabel={shop.close}>
      <StepUp {...asked} />
    </Modal>
  );
}
