import { useQuery, useQueryClient } from "@tanstack/react-query";
import { updateSecurity } from "@tradepost/contracts/user";
import { Skeleton } from "@tradepost/ui/skeleton";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { securityOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { ProofButton } from "./proof-button.tsx";

/** The strict mode: a session ends when it is used from another network. */
export function NetworkPin() {
  const { account: words } = useMessages();
  const client = useQueryClient();
  const { data: security, error, refetch } = useQuery(securityOptions);
  const toggle = async () => {
    const saved = await call(updateSecurity, { body: { pinNetwork: !security?.pinNetwork } });
    client.setQueryData(securityOptions.queryKey, saved);
  };
  return (
    <AccountSection title={words.networkPin} text={security?.pinNetwork ? words.pinnedText : words.unpinnedText}>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!security && !error && <Skeleton className="h-11 w-48" />}
      {security && <ProofButton label={security.pinNetwork ? words.unpinNetwork : words.pinNetwork} action={toggle} />}
    </AccountSection>
  );
}
