import { Checkbox } from "@tradepost/ui/choice";
import { TextField } from "@tradepost/ui/field";
import { useState } from "react";
import { useMessages } from "../../app/market.tsx";

interface PasswordFieldProps {
  label: string;
  autoComplete: "current-password" | "new-password";
  value: string;
  error?: string | undefined;
  hint?: string;
  onChange: (value: string) => void;
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ onChange, hint, ...field }: PasswordFieldProps) {
  const { account: words } = useMessages();
  const [visible, setVisible] = useState(false);
  return (
    <div className="flex flex-col gap-1">
      <TextField
        {...field}
        hint={hint}
        type={visible ? "text" : "password"}
        required
        maxLength={128}
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <Checkbox className="text-sm" checked={visible} onChange={(event) => setVisible(event.target.checked)}>
        {words.showPassword}
      </Checkbox>
    </div>
  );
}
