import { useMutation } from "@tanstack/react-query";
import type { User } from "@tradepost/contracts/user";
import { type FactorChallenge, linkProvider, signInWithProvider } from "@tradepost/contracts/user-factors";
import { buttonClass } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useEffect, useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { call } from "../../app/api.ts";
import { useMarket } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { AccountCard } from "./account-card.tsx";
import { factorTrouble } from "./factor-trouble.ts";
import { nextPage } from "./next-page.ts";
import { lastTrip } from "./provider-trip.ts";
import { admitted, SecondStep } from "./second-step.tsx";
import { useEnter } from "./use-me.ts";

/** Where an OpenID provider sends the browser back to, with a code that the shop exchanges for who it is. */
export default function ProviderPage() {
  const { messages, currency } = useMarket();
  const { account: words } = messages;
  const navigate = useNavigate();
  const enter = useEnter();
  const [trip] = useState(lastTrip);
  const [challenge, setChallenge] = useState<FactorChallenge | undefined>();
  const [expired, setExpired] = useState(false);
  usePageMeta(words.signIn);
  const next = nextPage(new URLSearchParams({ next: trip.next }));
  const finish = async (user: User) => {
    await enter(user);
    navigate(next, { replace: true });
  };
  const arrival = useArrival();
  const { mutate, error } = useMutation({
    mutationFn: async ({ providerId, answer }: NonNullable<typeof arrival>) => {
      if (trip.purpose === "link") {
        await call(linkProvider, { body: { providerId, ...answer } });
        return navigate(next, { replace: true });
      }
      const admission = await admitted(
        call(signInWithProvider, { params: { providerId }, body: { ...answer, currency } }),
      );
      if ("user" in admission) return finish(admission.user);
      setChallenge(admission.challenge);
    },
  });
  const begun = useRef(false);
  useEffect(() => {
    if (arrival && !begun.current) mutate(arrival);
    begun.current = true;
  }, [arrival, mutate]);
  const failed = error !== null || arrival === null || expired;
  if (challenge && !failed)
    return <SecondStep challenge={challenge} onDone={finish} onExpired={() => setExpired(true)} />;
  return (
    <AccountCard title={failed ? words.signInTitle : words.factors.arriving}>
      {failed ? (
        <>
          <Notice tone="error">
            {error ? factorTrouble(error, messages) : expired ? words.factors.expired : words.factors.providerFailed}
          </Notice>
          <PageLink
            to={trip.purpose === "link" ? next : `/sign-in?${new URLSearchParams({ next })}`}
            className={buttonClass({ look: "outline", size: "l", wide: true })}
          >
            {trip.purpose === "link" ? words.title : words.backToSignIn}
          </PageLink>
        </>
      ) : (
        <Skeleton className="h-13 w-full" />
      )}
    </AccountCard>
  );
}

/** What the address says that the provider led to; null when it is no answer, as after a refusal there. */
function useArrival() {
  const { providerId = "" } = useParams();
  const [search] = useSearchParams();
  const [arrival] = useState(() => {
    const [code, state, iss] = ["code", "state", "iss"].map((name) => search.get(name));
    if (!code || !state) return null;
    return { providerId, answer: { code, state, ...(iss ? { iss } : {}) } };
  });
  return arrival;
}
