import type { Factors } from "@tradepost/contracts/user-factors";
import { Button } from "@tradepost/ui/button";
import { type FormEvent, useState } from "react";
import { useMessages } from "../../app/market.tsx";
import { FactorField, FactorSwitch, isFactorComplete, type TypedMethod, typedFactor } from "./factor-field.tsx";
import { PasswordField } from "./password-field.tsx";
import type { Proof } from "./step-up.tsx";

interface PasswordProofProps {
  factors: Factors;
  label: string;
  look: "solid" | "outline";
  password: string;
  isWrong: boolean;
  busy: boolean;
  onPassword: (password: string) => void;
  onProof: (proof: Proof) => void;
}

/** The second factors that can be typed, the one to begin with first. */
const typedMethods = ({ totp, recoveryCodesLeft }: Factors): TypedMethod[] => [
  ...(totp ? (["totp"] as const) : []),
  ...(recoveryCodesLeft > 0 ? (["recoveryCode"] as const) : []),
];

/** The password, and with it what the account's second factor shows. */
export function PasswordProof({ factors, label, look, busy, ...props }: PasswordProofProps) {
  const { password, isWrong, onPassword, onProof } = props;
  const { account: words, checkout } = useMessages();
  const methods = typedMethods(factors);
  const [chosen, setChosen] = useState<TypedMethod>();
  const method = chosen ?? methods[0];
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const isComplete = method === undefined || isFactorComplete(method, text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password === "" || !isComplete || busy) return;
    onProof(method === undefined ? { password } : { password, ...typedFactor(method, text) });
  };
  const isMissing = checked && password === "";
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <PasswordField
        label={words.currentPassword}
        autoComplete="current-password"
        value={password}
        error={isMissing ? checkout.errors.required : isWrong ? words.currentWrong : undefined}
        onChange={onPassword}
      />
      {method && (
        <FactorField key={method} method={method} value={text} isMissing={checked && !isComplete} onChange={setText} />
      )}
      {method && methods.length > 1 && (
        <FactorSwitch
          method={method}
          onChange={(other) => {
            setChosen(other);
            setText("");
            setChecked(false);
          }}
        />
      )}
      <Button type="submit" look={look} className="self-start" busy={busy}>
        {label}
      </Button>
    </form>
  );
}
