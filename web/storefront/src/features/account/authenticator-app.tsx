import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { confirmTotp, removeTotp, renewRecoveryCodes, setUpTotp } from "@tradepost/contracts/user-factors";
import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMessages } from "../../app/market.tsx";
import { factorsOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { CodeField, isCode } from "./code-field.tsx";
import { factorTrouble } from "./factor-trouble.ts";
import { ProofButton } from "./proof-button.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

const QrCode = lazy(() => import("./qr-code.tsx"));

/** The authenticator app and the recovery codes of the account. */
export function AuthenticatorApp() {
  const { account, shop } = useMessages();
  const { factors: words } = account;
  const { moment } = useFormat();
  const client = useQueryClient();
  const { data: factors, error, refetch } = useQuery(factorsOptions);
  const [offer, setOffer] = useState<{ secret: string; uri: string } | undefined>();
  const [codes, setCodes] = useState<readonly string[] | undefined>();
  const refresh = () => client.invalidateQueries({ queryKey: factorsOptions.queryKey });
  const show = (recoveryCodes: readonly string[]) => {
    setOffer(undefined);
    setCodes(recoveryCodes);
    return refresh();
  };
  const hasFactor = factors && (factors.totp !== null || factors.passkeys.length > 0);
  return (
    <AccountSection title={words.app} text={factors?.totp ? words.appSince(moment(factors.totp.since)) : words.appText}>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!factors && !error && <Skeleton className="h-11 w-48" />}
      {factors?.totp && <ProofButton label={words.removeApp} action={async () => call(removeTotp, {}).then(refresh)} />}
      {factors?.totp === null && (
        <ProofButton label={words.setUp} action={async () => setOffer(await call(setUpTotp, {}))} />
      )}
      {hasFactor && (
        <>
          <p className="text-ink-soft">{words.codesLeft(factors.recoveryCodesLeft)}</p>
          <ProofButton
            label={words.renewCodes}
            action={async () => show((await call(renewRecoveryCodes, {})).recoveryCodes)}
          />
        </>
      )}
      <Modal open={offer !== undefined} onClose={() => setOffer(undefined)} title={words.setUp} closeLabel={shop.close}>
        {offer && <Confirm {...offer} onDone={show} />}
      </Modal>
      <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />
    </AccountSection>
  );
}

interface ConfirmProps {
  secret: string;
  uri: string;
  onDone: (recoveryCodes: readonly string[]) => unknown;
}

function Confirm({ secret, uri, onDone }: ConfirmProps) {
  const messages = useMessages();
  const { factors: words } = messages.account;
  const [code, setCode] = useState("");
  const [checked, setChecked] = useState(false);
  const confirm = useMutation({
    mutationFn: () => call(confirmTotp, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isCode(code) && !confirm.isPending) confirm.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <p>{words.scan}</p>
      <Suspense fallback={<Skeleton className="size-52" />}>
        <QrCode text={uri} label={words.qrCode} />
      </Suspense>
      <p>
        {words.orType} <code className="break-words font-mono">{secret.match(/.{1,4}/g)?.join(" ")}</code>
      </p>
      <CodeField value={code} isMissing={checked && !isCode(code)} onChange={setCode} />
      {confirm.error && <Notice tone="error">{factorTrouble(confirm.error, messages)}</Notice>}
      <Button type="submit" className="self-start" busy={confirm.isPending}>
        {words.turnOn}
      </Button>
    </form>
  );
}
