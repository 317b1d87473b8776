import { COUNTRIES, type Country } from "@tradepost/contracts/address";
import { SelectField, TextField } from "@tradepost/ui/field";
import { useMemo } from "react";
import { useMarket, useMessages } from "../../app/market.tsx";
import { type AddressDraft, type AddressField, asksForRegion, type FieldErrors } from "./address-draft.ts";

interface AddressFieldsProps {
  /** The browser's own name for the address, so that it fills in the right one. */
  purpose: "shipping" | "billing";
  value: AddressDraft;
  errors: FieldErrors<AddressField>;
  phoneRequired?: boolean;
  onChange: (value: AddressDraft) => void;
}

/** An address to type or to have filled in by the browser. */
export function AddressFields({ purpose, value, errors, phoneRequired = false, onChange }: AddressFieldsProps) {
  const { checkout: words } = useMessages();
  const countries = useCountryNames();
  const text = (field: AddressField, autoComplete: string) => {
    const error = errors[field];
    return {
      label: words[field],
      value: value[field],
      error: error && words.errors[error],
      autoComplete: `${purpose} ${autoComplete}`,
      onChange: (event: { target: { value: string } }) => onChange({ ...value, [field]: event.target.value }),
    };
  };
  return (
    <div className="grid gap-x-4 gap-y-5 sm:grid-cols-6">
      <TextField {...text("name", "name")} required className="sm:col-span-6" />
      <TextField {...text("line1", "address-line1")} required className="sm:col-span-6" />
      <TextField {...text("line2", "address-line2")} note={words.optional} className="sm:col-span-6" />
      <TextField {...text("postalCode", "postal-code")} required className="sm:col-span-2" />
      <TextField {...text("city", "address-level2")} required className="sm:col-span-4" />
      {asksForRegion(value.country) && (
        <TextField {...text("region", "address-level1")} required className="sm:col-span-6" />
      )}
      <SelectField
        label={words.country}
        autoComplete={`${purpose} country`}
        className="sm:col-span-3"
        value={value.country}
        onChange={(event) => onChange({ ...value, country: event.target.value as Country })}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        {...text("phone", "tel")}
        type="tel"
        {...(phoneRequired ? { required: true } : { note: words.optional })}
        hint={words.phoneHint}
        className="sm:col-span-3"
      />
    </div>
  );
}

/** The countries the shop ships to, by name in the visitor's language. */
export function useCountryNames(): { code: Country; name: string }[] {
  const { locale } = useMarket();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "region" });
    return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
      a.name.localeCompare(b.name, locale),
    );
  }, [locale]);
}
