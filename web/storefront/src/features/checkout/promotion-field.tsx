import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Icon } from "@tradepost/ui/icon";
import { useState } from "react";
import { useMessages } from "../../app/market.tsx";

const MAX_CODES = 5;

/** Discount codes: typed one at a time, each to be taken off again. */
export function PromotionField({ codes, onChange }: { codes: string[]; onChange: (codes: string[]) => void }) {
  const { checkout: words } = useMessages();
  const [typed, setTyped] = useState("");
  const apply = () => {
    const code = typed.trim().toUpperCase().slice(0, 40);
    if (code === "" || codes.includes(code)) return;
    onChange([...codes, code]);
    setTyped("");
  };
  return (
    <div className="flex flex-col gap-3">
      {codes.length < MAX_CODES && (
        <div className="flex items-end gap-3">
          <TextField
            label={words.promotion}
            note={words.optional}
            value={typed}
            autoComplete="off"
            className="flex-1"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              apply();
            }}
          />
          <Button look="outline" className="min-h-12" onClick={apply}>
            {words.applyPromotion}
          </Button>
        </div>
      )}
      {codes.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {codes.map((code) => (
            <li key={code}>
              <button
                type="button"
                aria-label={words.removePromotion(code)}
                onClick={() => onChange(codes.filter((one) => one !== code))}
                className="inline-flex min-h-9 items-center gap-2 rounded-full bg-accent-soft ps-4 pe-3 font-medium text-accent-strong text-sm"
              >
                {code}
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
