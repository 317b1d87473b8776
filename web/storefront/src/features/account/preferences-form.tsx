import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { LOCALES, SHOP_CURRENCIES } from "@tradepost/contracts/market";
import { type Preferences, updatePreferences } from "@tradepost/contracts/user";
import { Checkbox } from "@tradepost/ui/choice";
import { SelectField } from "@tradepost/ui/field";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { startTransition, useOptimistic } from "react";
import { call } from "../../app/api.ts";
import { FailureNotice, failureText } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { preferencesOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";

type Field = keyof Preferences;

/** The language and currency the shop writes in, or what it may send: each change is saved at once. */
export function PreferencesForm({ fields }: { fields: readonly Field[] }) {
  const messages = useMessages();
  const { account: words } = messages;
  const { choose } = useMarket();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(preferencesOptions);
  const save = useMutation({
    // One after another, so that the last answer is the one to the last change.
    scope: { id: "preferences" },
    mutationFn: (change: Partial<Preferences>) => call(updatePreferences, { body: change }),
    onSuccess: async (saved, { locale, currency }) => {
      client.setQueryData(preferencesOptions.queryKey, saved);
      if (locale || currency) await choose({ ...(locale && { locale }), ...(currency && { currency }) });
    },
    onError: () => client.invalidateQueries({ queryKey: preferencesOptions.queryKey }),
  });
  // The cache tells its readers a moment later; a box that is clicked has to be ticked within the click itself.
  const [shown, showAtOnce] = useOptimistic(data, (before, patch: Partial<Preferences>) =>
    before ? { ...before, ...patch } : before,
  );
  const change = (patch: Partial<Preferences>) =>
    startTransition(async () => {
      showAtOnce(patch);
      client.setQueryData(preferencesOptions.queryKey, (before) => before && { ...before, ...patch });
      await save.mutateAsync(patch).catch(() => undefined);
    });
  const isConsent = fields.includes("marketing");
  return (
    <AccountSection
      title={isConsent ? words.consents : words.languageAndCurrency}
      text={isConsent ? words.consentsText : words.languageText}
    >
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!shown && !error && <Skeleton className="h-28 w-full" />}
      {shown &&
        fields.map((field) => <PreferenceField key={field} field={field} preferences={shown} onChange={change} />)}
      {save.error && <Notice tone="error">{failureText(save.error, messages)}</Notice>}
      <p role="status" className="min-h-6 text-ink-soft text-sm">
        {save.isSuccess ? words.saved : ""}
      </p>
    </AccountSection>
  );
}

interface PreferenceFieldProps {
  field: Field;
  preferences: Preferences;
  onChange: (change: Partial<Preferences>) => void;
}

function PreferenceField({ field, preferences, onChange }: PreferenceFieldProps) {
  const { account: words, shop } = useMessages();
  if (field === "marketing" || field === "sms")
    return (
      <Checkbox checked={preferences[field]} onChange={(event) => onChange({ [field]: event.target.checked })}>
        {words.consentTo[field]}
      </Checkbox>
    );
  const choices = field === "locale" ? LOCALES : SHOP_CURRENCIES;
  return (
    <SelectField
      label={field === "locale" ? shop.language : shop.currency}
      value={preferences[field]}
      onChange={(event) => onChange({ [field]: event.target.value })}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {one === "en" || one === "de" ? shop.languages[one] : one}
        </option>
      ))}
    </SelectField>
  );
}
