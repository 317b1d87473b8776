import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { verifyEmail } from "@tradepost/contracts/user";
import { Button, buttonClass } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { AccountCard } from "./account-card.tsx";
import { useMailedToken } from "./mailed-token.ts";
import { meOptions } from "./use-me.ts";

/** Where the mailed link leads. A click proves the address, since mail programs open links by themselves. */
export default function VerifyEmailPage() {
  const messages = useMessages();
  const { account: words } = messages;
  const token = useMailedToken();
  const client = useQueryClient();
  usePageMeta(words.verifyPage);
  const verify = useMutation({
    mutationFn: (mailed: string) => call(verifyEmail, { body: { token: mailed } }),
    onSuccess: () => client.invalidateQueries({ queryKey: meOptions.queryKey }),
  });
  const code = verify.error instanceof CallFailed ? verify.error.problem.code : undefined;
  const spent = token === null || code === "link.invalid";
  return (
    <AccountCard title={words.verifyPage}>
      {verify.isSuccess ? (
        <>
          <Notice tone="good">{words.verified}</Notice>
          <PageLink to="/account" className={buttonClass({ size: "l", wide: true })}>
            {words.title}
          </PageLink>
        </>
      ) : spent ? (
        <>
          <Notice tone="error">{words.linkSpent}</Notice>
          <PageLink to="/account" className={buttonClass({ look: "outline", size: "l", wide: true })}>
            {words.title}
          </PageLink>
        </>
      ) : (
        <>
          <p>{words.verifyAsk}</p>
          {verify.error && (
            <Notice tone="error">
              {code === "email.taken" ? words.emailTaken : failureText(verify.error, messages)}
            </Notice>
          )}
          <Button size="l" wide busy={verify.isPending} onClick={() => verify.mutate(token)}>
            {words.verifyConfirm}
          </Button>
        </>
      )}
    </AccountCard>
  );
}
