import { TextField } from "@tradepost/ui/field";
import { useMessages } from "../../app/market.tsx";
import { CodeField, isCode } from "./code-field.tsx";

/** A second factor that is typed. */
export type TypedMethod = "totp" | "recoveryCode";

export const isFactorComplete = (method: TypedMethod, text: string): boolean =>
  method === "totp" ? isCode(text) : text.replace(/[\s-]/g, "").length === 16;

/** What goes to the server. */
export const typedFactor = (method: TypedMethod, text: string): { totp: string } | { recoveryCode: string } =>
  method === "totp" ? { totp: text } : { recoveryCode: text.trim() };

interface FactorFieldProps {
  method: TypedMethod;
  value: string;
  /** Whether to say that it is not complete. */
  isMissing: boolean;
  onChange: (text: string) => void;
}

/** The code of an authenticator app, or a recovery code. */
export function FactorField({ method, value, isMissing, onChange }: FactorFieldProps) {
  const { account, checkout } = useMessages();
  if (method === "totp") return <CodeField value={value} isMissing={isMissing} onChange={onChange} />;
  return (
    <TextField
      label={account.factors.recoveryCode}
      error={isMissing ? checkout.errors.required : undefined}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      required
      maxLength={24}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Changes between the two where the account has both. */
export function FactorSwitch({ method, onChange }: { method: TypedMethod; onChange: (other: TypedMethod) => void }) {
  const { factors: words } = useMessages().account;
  return (
    <button
      type="button"
      className="underlined self-start font-medium"
      onClick={() => onChange(method === "totp" ? "recoveryCode" : "totp")}
    >
      {method === "totp" ? words.useRecoveryCode : words.useApp}
    </button>
  );
}
