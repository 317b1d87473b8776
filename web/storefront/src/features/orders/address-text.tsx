import type { Address } from "@tradepost/contracts/address";
import { useMarket } from "../../app/market.tsx";

/** An address as it stands on a parcel. */
export function AddressText({ address }: { address: Address }) {
  const { locale } = useMarket();
  const country = new Intl.DisplayNames(locale, { type: "region" }).of(address.country) ?? address.country;
  const lines = [
    address.name,
    address.line1,
    address.line2,
    [address.postalCode, address.city].join(" "),
    [address.region, country].filter(Boolean).join(", "),
  ];
  return (
    <address className="not-italic">
      {lines.filter(Boolean).map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}
