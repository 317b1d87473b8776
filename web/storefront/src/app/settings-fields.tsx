import { LOCALES, SHOP_CURRENCIES } from "@tradepost/contracts/market";
import { SelectField } from "@tradepost/ui/field";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useMarket } from "./market.tsx";
import { applyTheme, storedTheme, THEMES } from "./theme.ts";

/** Language, currency and appearance. */
export function SettingsFields() {
  const { messages, locale, currency, choose } = useMarket();
  const { shop } = messages;
  const [theme, setTheme] = useState(storedTheme);
  const [search, setSearch] = useSearchParams();
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={shop.language}
        value={locale}
        onChange={(event) => void choose({ locale: LOCALES.find((one) => one === event.target.value) ?? locale })}
      >
        {LOCALES.map((one) => (
          <option key={one} value={one} lang={one}>
            {shop.languages[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={shop.currency}
        value={currency}
        onChange={(event) => {
          void choose({ currency: SHOP_CURRENCIES.find((one) => one === event.target.value) ?? currency });
          // A price bound means another price in another currency.
          const rest = new URLSearchParams(search);
          rest.delete("minPrice");
          rest.delete("maxPrice");
          if (rest.size < search.size) setSearch(rest, { replace: true });
        }}
      >
        {SHOP_CURRENCIES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={shop.theme}
        value={theme}
        onChange={(event) => {
          const chosen = THEMES.find((one) => one === event.target.value) ?? "system";
          setTheme(chosen);
          applyTheme(chosen);
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {shop.themes[one]}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
