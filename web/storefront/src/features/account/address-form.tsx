import { useMutation, useQueryClient } from "@tanstack/react-query";
import { addAddress, replaceAddress, type SavedAddress } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useRef, useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import {
  type AddressField,
  addressErrors,
  emptyAddress,
  type FieldErrors,
  likelyCountry,
  toAddress,
  toDraft,
} from "../checkout/address-draft.ts";
import { AddressFields } from "../checkout/address-fields.tsx";
import { addressesOptions } from "./account-queries.ts";

/** Adds an address, or changes a saved one. */
export function AddressForm({ saved, onDone }: { saved: SavedAddress | undefined; onDone: () => void }) {
  const messages = useMessages();
  const { account: words } = messages;
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const [draft, setDraft] = useState(() =>
    saved ? toDraft(saved.address) : emptyAddress(likelyCountry(navigator.languages)),
  );
  const [errors, setErrors] = useState<FieldErrors<AddressField>>({});
  const save = useMutation({
    mutationFn: () => {
      const address = toAddress(draft);
      return saved
        ? call(replaceAddress, { params: { addressId: saved.id }, body: { address, isDefault: saved.isDefault } })
        : call(addAddress, { body: { address } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: addressesOptions.queryKey });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = addressErrors(draft);
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) return void (save.isPending || save.mutate());
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-6">
      <AddressFields purpose="shipping" value={draft} errors={errors} onChange={setDraft} />
      {save.error && <Notice tone="error">{failureText(save.error, messages)}</Notice>}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={save.isPending}>
          {words.save}
        </Button>
        <Button look="outline" onClick={onDone}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
