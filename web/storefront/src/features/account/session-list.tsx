import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { endAllSessions, endSession, type Session } from "@tradepost/contracts/user";
import { Badge } from "@tradepost/ui/badge";
import { Button } from "@tradepost/ui/button";
import { Skeleton } from "@tradepost/ui/skeleton";
import { call } from "../../app/api.ts";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMessages } from "../../app/market.tsx";
import { sessionsOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { useLeave } from "./use-me.ts";

/** Where the shopper is signed in, each session to be ended, or all of them. */
export function SessionList() {
  const { account: words } = useMessages();
  const leave = useLeave();
  const { data: sessions, error, refetch } = useQuery(sessionsOptions);
  const endAll = useMutation({ mutationFn: () => call(endAllSessions, {}), onSuccess: leave });
  return (
    <AccountSection title={words.sessions} text={words.sessionsText}>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!sessions && !error && <Skeleton className="h-28 w-full" />}
      {sessions && (
        <>
          <ul className="flex flex-col divide-y divide-line rounded-lg bg-surface px-5">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
          <Button look="outline" className="self-start" busy={endAll.isPending} onClick={() => endAll.mutate()}>
            {words.endAll}
          </Button>
        </>
      )}
    </AccountSection>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { account: words } = useMessages();
  const { moment } = useFormat();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(endSession, { params: { sessionId: session.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsOptions.queryKey }),
  });
  return (
    <li className="flex items-center justify-between gap-4 py-4">
      <div className="min-w-0">
        <p className="font-medium">{session.device}</p>
        <p className="text-ink-soft text-sm">
          {session.network} · {words.sessionSince(moment(session.startedAt))} ·{" "}
          {words.lastSeen(moment(session.lastSeenAt))}
        </p>
        {session.networkChanged && <p className="text-notice text-sm">{words.otherNetwork}</p>}
      </div>
      {session.current ? (
        <Badge tone="good">{words.thisDevice}</Badge>
      ) : (
        <Button
          look="outline"
          size="s"
          busy={end.isPending}
          aria-label={words.endSessionOn(session.device)}
          onClick={() => end.mutate()}
        >
          {words.endSession}
        </Button>
      )}
    </li>
  );
}
