import { TextField } from "@tradepost/ui/field";
import { useMessages } from "../../app/market.tsx";

export const isCode = (text: string): boolean => /^\d{6}$/.test(text);

interface CodeFieldProps {
  value: string;
  /** Whether to say that six digits are needed. */
  isMissing: boolean;
  onChange: (digits: string) => void;
}

/** The six digits of an authenticator app; phones offer them by themselves. */
export function CodeField({ value, isMissing, onChange }: CodeFieldProps) {
  const { factors: words } = useMessages().account;
  return (
    <TextField
      label={words.code}
      hint={words.codeHint}
      error={isMissing ? words.codeHint : undefined}
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      value={value}
      onChange={(event) => onChange(event.target.value.replace(/\D/g, "").slice(0, 6))}
    />
  );
}
