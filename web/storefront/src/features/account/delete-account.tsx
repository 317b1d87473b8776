import { deleteMe } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { useMessages } from "../../app/market.tsx";
import { notify } from "../../app/notifications.tsx";
import { AccountSection } from "./account-section.tsx";
import { ProofButton } from "./proof-button.tsx";
import { useLeave } from "./use-me.ts";

/** Deletes the account for good, after asking. */
export function DeleteAccount() {
  const { account: words, shop } = useMessages();
  const leave = useLeave();
  const [asking, setAsking] = useState(false);
  const done = () => {
    notify({ text: words.deleted });
    return leave();
  };
  return (
    <AccountSection title={words.deleteTitle} text={words.deleteText}>
      <Button look="outline" className="self-start" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {words.deleteTitle}
      </Button>
      <Modal open={asking} onClose={() => setAsking(false)} title={words.deleteAsk} closeLabel={shop.close}>
        <div className="flex flex-col gap-5">
          <p>{words.deleteWarning}</p>
          <ProofButton look="solid" label={words.deleteConfirm} action={() => call(deleteMe, {}).then(done)} />
        </div>
      </Modal>
    </AccountSection>
  );
}
