import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { removeAddress, replaceAddress, type SavedAddress } from "@tradepost/contracts/user";
import { Badge } from "@tradepost/ui/badge";
import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice, failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { notify } from "../../app/notifications.tsx";
import { AddressText } from "../orders/address-text.tsx";
import { addressesOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { AddressForm } from "./address-form.tsx";

/** The shopper's saved addresses. */
export function AddressBook() {
  const { account: words, shop } = useMessages();
  const { data: addresses, error, refetch } = useQuery(addressesOptions);
  const [edited, setEdited] = useState<SavedAddress | "new" | undefined>();
  const close = () => setEdited(undefined);
  return (
    <AccountSection title={words.addresses}>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!addresses && !error && <Skeleton className="h-28 w-full" />}
      {addresses?.length === 0 && <p className="text-ink-soft">{words.noAddresses}</p>}
      <ul className="flex flex-col gap-3">
        {addresses?.map((saved) => (
          <AddressRow key={saved.id} saved={saved} onEdit={() => setEdited(saved)} />
        ))}
      </ul>
      <Button look="outline" className="self-start" aria-haspopup="dialog" onClick={() => setEdited("new")}>
        {words.addAddress}
      </Button>
      <Modal
        open={edited !== undefined}
        onClose={close}
        title={edited === "new" ? words.addAddress : words.editAddress}
        closeLabel={shop.close}
      >
        {edited && <AddressForm saved={edited === "new" ? undefined : edited} onDone={close} />}
      </Modal>
    </AccountSection>
  );
}

function AddressRow({ saved, onEdit }: { saved: SavedAddress; onEdit: () => void }) {
  const messages = useMessages();
  const { account: words } = messages;
  const client = useQueryClient();
  const after = {
    onError: (error: Error) => notify({ text: failureText(error, messages) }),
    onSettled: () => client.invalidateQueries({ queryKey: addressesOptions.queryKey }),
  };
  const params = { addressId: saved.id };
  const remove = useMutation({ ...after, mutationFn: () => call(removeAddress, { params }) });
  const makeDefault = useMutation({
    ...after,
    mutationFn: () => call(replaceAddress, { params, body: { address: saved.address, isDefault: true } }),
  });
  return (
    <li className="flex flex-col gap-3 rounded-lg bg-surface p-5">
      <div className="flex items-start justify-between gap-4">
        <AddressText address={saved.address} />
        {saved.isDefault && <Badge tone="good">{words.defaultAddress}</Badge>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="outline" size="s" onClick={onEdit}>
          {words.editAddress}
        </Button>
        {!saved.isDefault && (
          <Button look="quiet" size="s" busy={makeDefault.isPending} onClick={() => makeDefault.mutate()}>
            {words.makeDefault}
          </Button>
        )}
        <Button
          look="quiet"
          size="s"
          busy={remove.isPending}
          aria-label={words.removeAddress(saved.address.name)}
          onClick={() => remove.mutate()}
        >
          {words.remove}
        </Button>
      </div>
    </li>
  );
}
