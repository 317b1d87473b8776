import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@tradepost/ui/choice";
import { SelectField } from "@tradepost/ui/field";
import { useEffect, useRef } from "react";
import { useMessages } from "../../app/market.tsx";
import { addressesOptions } from "../account/account-queries.ts";
import { type AddressField, type FieldErrors, isUntouched, toDraft } from "./address-draft.ts";
import { AddressFields } from "./address-fields.tsx";
import type { CheckoutDraft, DraftErrors } from "./checkout-draft.ts";
import { CheckoutSection } from "./checkout-section.tsx";

interface DeliverySectionProps {
  signedIn: boolean;
  draft: CheckoutDraft;
  errors: DraftErrors;
  onChange: (patch: Partial<CheckoutDraft>) => void;
}

/** Where the order goes, and where the bill goes when that is elsewhere. */
export function DeliverySection({ signedIn, draft, errors, onChange }: DeliverySectionProps) {
  const { checkout: words } = useMessages();
  return (
    <>
      <CheckoutSection title={words.shippingAddress}>
        {signedIn && <SavedAddresses draft={draft} onChange={onChange} />}
        <AddressFields
          purpose="shipping"
          value={draft.shipping}
          errors={errorsOf("shipping", errors)}
          onChange={(shipping) => onChange({ shipping })}
          phoneRequired={draft.smsUpdates}
        />
        <Checkbox checked={draft.smsUpdates} onChange={(event) => onChange({ smsUpdates: event.target.checked })}>
          {words.smsUpdates}
        </Checkbox>
        <Checkbox
          checked={draft.billingIsShipping}
          onChange={(event) => onChange({ billingIsShipping: event.target.checked })}
        >
          {words.billingSame}
        </Checkbox>
      </CheckoutSection>
      {!draft.billingIsShipping && (
        <CheckoutSection title={words.billingAddress}>
          <AddressFields
            purpose="billing"
            value={draft.billing}
            errors={errorsOf("billing", errors)}
            onChange={(billing) => onChange({ billing })}
          />
        </CheckoutSection>
      )}
    </>
  );
}

const errorsOf = (address: "shipping" | "billing", errors: DraftErrors): FieldErrors<AddressField> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([field, error]) =>
      field.startsWith(`${address}.`) ? [[field.slice(address.length + 1), error]] : [],
    ),
  );

/** A shopper's addresses to choose from; the default one is filled in where nothing has been typed yet. */
function SavedAddresses({ draft, onChange }: Pick<DeliverySectionProps, "draft" | "onChange">) {
  const { checkout: words } = useMessages();
  const { data: saved = [] } = useQuery(addressesOptions);
  const filledIn = useRef(false);
  const untouched = isUntouched(draft.shipping);
  const first = saved[0];
  useEffect(() => {
    if (!first || filledIn.current || !untouched) return;
    filledIn.current = true;
    onChange({ shipping: toDraft(first.address) });
  }, [first, untouched, onChange]);
  if (saved.length === 0) return null;
  const chosen = saved.find(({ address }) => JSON.stringify(toDraft(address)) === JSON.stringify(draft.shipping));
  return (
    <SelectField
      label={words.savedAddress}
      value={chosen?.id ?? ""}
      onChange={(event) => {
        const found = saved.find(({ id }) => id === event.target.value);
        if (found) onChange({ shipping: toDraft(found.address) });
      }}
    >
      <option value="">{words.otherAddress}</option>
      {saved.map(({ id, address }) => (
        <option key={id} value={id}>
          {[address.name, address.line1, address.city].join(", ")}
        </option>
      ))}
    </SelectField>
  );
}
