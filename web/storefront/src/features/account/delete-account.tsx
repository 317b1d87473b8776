import { useQueryClient } from "@tanstack/react-query";
import { deleteMe } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { useState } from "react";
import { useNavigate } from "react-router";
import { call } from "../../app/api.ts";
import { useMessages } from "../../app/market.tsx";
import { notify } from "../../app/notifications.tsx";
import { AccountSection } from "./account-section.tsx";
import { StepUp } from "./step-up.tsx";
import { meOptions } from "./use-me.ts";

/** Deletes the account for good, after the password was shown once more. */
export function DeleteAccount() {
  const { account: words, shop } = useMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const done = () => {
    client.clear();
    client.setQueryData(meOptions.queryKey, null);
    notify({ text: words.deleted });
    navigate("/");
  };
  return (
    <AccountSection title={words.deleteTitle} text={words.deleteText}>
      <Button look="outline" className="self-start" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {words.deleteTitle}
      </Button>
      <Modal open={asking} onClose={() => setAsking(false)} title={words.deleteAsk} closeLabel={shop.close}>
        <StepUp action={() => call(deleteMe, {})} label={words.deleteConfirm} onDone={done}>
          <p>{words.deleteWarning}</p>
        </StepUp>
      </Modal>
    </AccountSection>
  );
}
