import { useMutation } from "@tanstack/react-query";
import { type Passkey, removePasskey, renamePasskey } from "@tradepost/contracts/user-factors";
import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Modal } from "@tradepost/ui/modal";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { call } from "../../app/api.ts";
import { useFormat, useMessages } from "../../app/market.tsx";
import { factorTrouble } from "./factor-trouble.ts";
import { ProofButton } from "./proof-button.tsx";

interface PasskeyRowProps {
  passkey: Passkey;
  onChanged: () => Promise<unknown>;
}

/** A passkey, to be renamed or removed. */
export function PasskeyRow({ passkey, onChanged }: PasskeyRowProps) {
  const { account, shop } = useMessages();
  const { factors: words } = account;
  const { moment } = useFormat();
  const [renaming, setRenaming] = useState(false);
  const { id, name, createdAt, lastUsedAt } = passkey;
  const close = () => setRenaming(false);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 py-4">
      <div className="min-w-0">
        <p className="break-words font-medium">{name}</p>
        <p className="text-ink-soft text-sm">
          {words.addedAt(moment(createdAt))}
          {lastUsedAt && ` · ${words.usedAt(moment(lastUsedAt))}`}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          look="quiet"
          size="s"
          aria-haspopup="dialog"
          aria-label={words.renamePasskey(name)}
          onClick={() => setRenaming(true)}
        >
          {words.rename}
        </Button>
        <ProofButton
          label={account.remove}
          describedAs={words.removePasskey(name)}
          size="s"
          action={async () => call(removePasskey, { params: { passkeyId: id } }).then(onChanged)}
        />
      </div>
      <Modal open={renaming} onClose={close} title={words.renamePasskey(name)} closeLabel={shop.close}>
        <Rename passkey={passkey} onRenamed={() => onChanged().then(close)} />
      </Modal>
    </li>
  );
}

function Rename({ passkey, onRenamed }: { passkey: Passkey; onRenamed: () => Promise<unknown> }) {
  const messages = useMessages();
  const { account, checkout } = messages;
  const [name, setName] = useState(passkey.name);
  const [checked, setChecked] = useState(false);
  const isMissing = name.trim() === "";
  const rename = useMutation({
    mutationFn: () => call(renamePasskey, { params: { passkeyId: passkey.id }, body: { name: name.trim() } }),
    onSuccess: onRenamed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isMissing && !rename.isPending) rename.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <TextField
        label={account.factors.newPasskeyName}
        error={checked && isMissing ? checkout.errors.required : undefined}
        required
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {rename.error && <Notice tone="error">{factorTrouble(rename.error, messages)}</Notice>}
      <Button type="submit" className="self-start" busy={rename.isPending}>
        {account.save}
      </Button>
    </form>
  );
}
