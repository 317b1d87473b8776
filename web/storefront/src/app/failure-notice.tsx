import { CallFailed } from "@tradepost/api-client/call-error";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import type { Messages } from "../messages/load-messages.ts";
import { useMessages } from "./market.tsx";

/** What to tell the visitor about a call that did not work. */
export function failureText(error: unknown, { failure }: Messages): string {
  if (!(error instanceof CallFailed)) return failure.unreachable;
  if (error.status === 429) return failure.rateLimited(error.retryAfterSeconds ?? 60);
  if (error.status >= 500 || !error.problem.title) return failure.unexpected;
  return error.problem.detail ?? error.problem.title;
}

/** A failed call in the page, with a way to try again. */
export function FailureNotice({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const messages = useMessages();
  return (
    <Notice
      tone="error"
      title={messages.failure.title}
      actions={
        onRetry && (
          <Button look="outline" size="s" onClick={() => onRetry()}>
            {messages.failure.retry}
          </Button>
        )
      }
    >
      {failureText(error, messages)}
      {error instanceof CallFailed && error.status >= 500 && error.problem.requestId && (
        <p className="mt-1 text-ink-soft text-sm">{messages.failure.requestId(error.problem.requestId)}</p>
      )}
    </Notice>
  );
}
