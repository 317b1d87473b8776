import { useQuery, useQueryClient } from "@tanstack/react-query";
import { addPasskey, type Passkey, removePasskey, startPasskeyRegistration } from "@tradepost/contracts/user-factors";
import { TextField } from "@tradepost/ui/field";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMessages } from "../../app/market.tsx";
import { factorsOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { canUsePasskeys, makePasskey } from "./passkey-device.ts";
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
            <PasskeyRow key={passkey.id} passkey={passkey} onRemoved={refresh} />
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

function PasskeyRow({ passkey, onRemoved }: { passkey: Passkey; onRemoved: () => Promise<unknown> }) {
  const { account } = useMessages();
  const { factors: words } = account;
  const { moment } = useFormat();
  const { id, name, createdAt, lastUsedAt } = passkey;
  return (
    <li className="flex items-center justify-between gap-4 py-4">
      <div className="min-w-0">
        <p className="break-words font-medium">{name}</p>
        <p className="text-ink-soft text-sm">
          {words.addedAt(moment(createdAt))}
          {lastUsedAt && ` · ${words.usedAt(moment(lastUsedAt))}`}
        </p>
      </div>
      <ProofButton
        label={account.remove}
        describedAs={words.removePasskey(name)}
        size="s"
        action={async () => call(removePasskey, { params: { passkeyId: id } }).then(onRemoved)}
      />
    </li>
  );
}
