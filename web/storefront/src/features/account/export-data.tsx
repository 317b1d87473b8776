import { exportMe } from "@tradepost/contracts/privacy";
import { call } from "../../app/api.ts";
import { useMessages } from "../../app/market.tsx";
import { AccountSection } from "./account-section.tsx";
import { ProofButton } from "./proof-button.tsx";

/** All that is kept about the shopper, as a file. */
export function ExportData() {
  const { account: words } = useMessages();
  return (
    <AccountSection title={words.exportTitle} text={words.exportText}>
      <ProofButton
        label={words.exportAction}
        action={async () => saveAsFile(await call(exportMe, {}, { timeoutMs: 30_000 }))}
      />
    </AccountSection>
  );
}

function saveAsFile(data: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `tradepost-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
