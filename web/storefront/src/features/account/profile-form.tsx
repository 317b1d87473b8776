import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type User, updateMe } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { TextField } from "@tradepost/ui/field";
import { Notice } from "@tradepost/ui/notice";
import { type FormEvent, useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { AccountSection } from "./account-section.tsx";
import { meOptions } from "./use-me.ts";

export function ProfileForm({ me }: { me: User }) {
  const messages = useMessages();
  const { account: words, checkout } = messages;
  const [name, setName] = useState(me.name);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => call(updateMe, { body: { name: name.trim() } }),
    onSuccess: (user) => client.setQueryData(meOptions.queryKey, user),
  });
  const empty = name.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!empty && !save.isPending) save.mutate();
  };
  return (
    <AccountSection title={words.profile}>
      <form noValidate onSubmit={submit} className="flex flex-col items-start gap-4">
        <TextField
          label={words.name}
          autoComplete="name"
          required
          maxLength={120}
          value={name}
          error={empty ? checkout.errors.required : undefined}
          className="w-full"
          onChange={(event) => {
            setName(event.target.value);
            save.reset();
          }}
        />
        {save.error && <Notice tone="error">{failureText(save.error, messages)}</Notice>}
        {save.isSuccess && <Notice tone="good">{words.saved}</Notice>}
        <Button type="submit" busy={save.isPending}>
          {words.save}
        </Button>
      </form>
    </AccountSection>
  );
}
