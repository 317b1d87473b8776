import { useMutation } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { resendVerification, type User } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";

/** Asks a new shopper to prove the e-mail address, and sends the link again. */
export function VerifyNotice({ me }: { me: User }) {
  const messages = useMessages();
  const { account: words } = messages;
  const resend = useMutation({ mutationFn: () => call(resendVerification, {}) });
  if (resend.isSuccess) return <Notice tone="good">{words.verifySent(me.email)}</Notice>;
  const done = resend.error instanceof CallFailed && resend.error.problem.code === "email.verified";
  return (
    <Notice
      tone="warning"
      title={words.verifyTitle}
      actions={
        <Button look="outline" size="s" busy={resend.isPending} onClick={() => resend.mutate()}>
          {words.verifyResend}
        </Button>
      }
    >
      {words.verifyText(me.email)}
      {resend.error && !done && <p className="mt-1 font-medium">{failureText(resend.error, messages)}</p>}
    </Notice>
  );
}
