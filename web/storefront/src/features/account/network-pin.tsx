import { useQuery, useQueryClient } from "@tanstack/react-query";
import { updateSecurity } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { securityOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { StepUp } from "./step-up.tsx";

/** The strict mode: a session ends when it is used from another network. */
export function NetworkPin() {
  const { account: words, shop } = useMessages();
  const client = useQueryClient();
  const { data: security, error, refetch } = useQuery(securityOptions);
  const [asking, setAsking] = useState(false);
  const toggle = async () => {
    const saved = await call(updateSecurity, { body: { pinNetwork: !security?.pinNetwork } });
    client.setQueryData(securityOptions.queryKey, saved);
  };
  const label = security?.pinNetwork ? words.unpinNetwork : words.pinNetwork;
  return (
    <AccountSection title={words.networkPin} text={security?.pinNetwork ? words.pinnedText : words.unpinnedText}>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!security && !error && <Skeleton className="h-11 w-48" />}
      {security && (
        <Button look="outline" className="self-start" aria-haspopup="dialog" onClick={() => setAsking(true)}>
          {label}
        </Button>
      )}
      <Modal open={asking} onClose={() => setAsking(false)} title={label} closeLabel={shop.close}>
        <StepUp action={toggle} label={label} onDone={() => setAsking(false)} />
      </Modal>
    </AccountSection>
  );
}
