import { useMutation, useQuery } from "@tanstack/react-query";
import type { User } from "@tradepost/contracts/user";
import { signInWithPasskey, startPasskeySignIn } from "@tradepost/contracts/user-factors";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { call } from "../../app/api.ts";
import { useMessages } from "../../app/market.tsx";
import { providersOptions } from "./account-queries.ts";
import { factorTrouble } from "./factor-trouble.ts";
import { answerWithPasskey, canUsePasskeys } from "./passkey-device.ts";
import { leaveFor } from "./provider-trip.ts";

/** The ways to sign in without a password of this shop. */
export function OtherSignIns({ next, onDone }: { next: string; onDone: (user: User) => unknown }) {
  const messages = useMessages();
  const { factors: words } = messages.account;
  const { data: providers = [] } = useQuery(providersOptions);
  const passkey = useMutation({
    mutationFn: async () => {
      const { challengeId, options } = await call(startPasskeySignIn, {});
      return call(signInWithPasskey, { body: { challengeId, passkey: await answerWithPasskey(options) } });
    },
    onSuccess: ({ user }) => onDone(user),
  });
  const leave = useMutation({ mutationFn: (id: string) => leaveFor(id, { purpose: "sign-in", next }) });
  const error = passkey.error ?? leave.error;
  if (!canUsePasskeys() && providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-3 text-ink-soft text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {words.or}
      </p>
      {error && <Notice tone="error">{factorTrouble(error, messages)}</Notice>}
      {canUsePasskeys() && (
        <Button look="outline" size="l" wide busy={passkey.isPending} onClick={() => passkey.mutate()}>
          {words.usePasskey}
        </Button>
      )}
      {providers.map(({ id, name }) => (
        <Button key={id} look="outline" size="l" wide busy={leave.isPending} onClick={() => leave.mutate(id)}>
          {words.continueWith(name)}
        </Button>
      ))}
    </div>
  );
}
