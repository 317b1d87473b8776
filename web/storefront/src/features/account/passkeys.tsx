import { useQuery, useQueryClient } from "@tanstack/react-query";
import { addPasskey, startPasskeyRegistration } from "@tradepost/contracts/user-factors";
import { TextField } from "@tradepost/ui/field";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { factorsOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { canUsePasskeys, makePasskey } from "./passkey-device.ts";
import { PasskeyRow } from "./passkey-row.tsx";
import { ProofButton } from "./proof-button.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** The passkeys of the account. */
export function Passkeys() {
  const { factors: words } = useMessages().account;
  const client = useQueryClient();
  const { data: factors, error, refetch } = useQuery(factorsOptions);
  const [name, setName] = useState("");
  const [codes, setCodes] = useState<readonly string[] | undefined>();
  const refresh = () => client.invalidateQueries({ queryKey: factorsOptions.queryKey });
  const add = async () => {
    const { options } = await call(startPasskeyRegistration, {});
    const passkey = await makePasskey(options);
    const added = await call(addPasskey, { body: { name: name.trim() || words.passkeys, passkey } });
    setName("");
    setCodes(added.recoveryCodes);
    await refresh();
  };
  return (
    <AccountSection title={words.passkeys} text={words.passkeysText}>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!factors && !error && <Skeleton className="h-20 w-full" />}
      {factors && factors.passkeys.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-lg bg-surface px-5">
          {factors.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onChanged={refresh} />
          ))}
        </ul>
      )}
      {factors && canUsePasskeys() && (
        <>
          <TextField
            label={words.passkeyName}
            hint={words.passkeyNameHint}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <ProofButton label={words.addPasskey} action={add} />
        </>
      )}
      <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />
    </AccountSection>
  );
}
