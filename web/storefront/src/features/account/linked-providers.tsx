import { useQuery, useQueryClient } from "@tanstack/react-query";
import { unlinkProvider } from "@tradepost/contracts/user-factors";
import { call } from "../../app/api.ts";
import { useFormat, useMessages } from "../../app/market.tsx";
import { factorsOptions, providersOptions } from "./account-queries.ts";
import { AccountSection } from "./account-section.tsx";
import { ProofButton } from "./proof-button.tsx";
import { leaveFor } from "./provider-trip.ts";

/** The providers that one may sign in with, joined to this account or not. Nothing where the shop has none. */
export function LinkedProviders() {
  const { account } = useMessages();
  const { factors: words } = account;
  const { moment } = useFormat();
  const client = useQueryClient();
  const { data: providers = [] } = useQuery(providersOptions);
  const { data: factors } = useQuery(factorsOptions);
  if (!factors || (providers.length === 0 && factors.providers.length === 0)) return null;
  const linked = factors.providers;
  const others = providers.filter(({ id }) => !linked.some(({ providerId }) => providerId === id));
  const unlink = async (providerId: string) => {
    await call(unlinkProvider, { params: { providerId } });
    await client.invalidateQueries({ queryKey: factorsOptions.queryKey });
  };
  return (
    <AccountSection title={words.providers} text={words.providersText}>
      {linked.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-lg bg-surface px-5">
          {linked.map(({ providerId, name, linkedAt }) => (
            <li key={providerId} className="flex items-center justify-between gap-4 py-4">
              <div className="min-w-0">
                <p className="font-medium">{name}</p>
                <p className="text-ink-soft text-sm">{words.addedAt(moment(linkedAt))}</p>
              </div>
              <ProofButton
                label={account.remove}
                describedAs={words.removeProvider(name)}
                size="s"
                action={() => unlink(providerId)}
              />
            </li>
          ))}
        </ul>
      )}
      {others.map(({ id, name }) => (
        <ProofButton
          key={id}
          label={words.addProvider(name)}
          action={() => leaveFor(id, { purpose: "link", next: "/account/security" })}
        />
      ))}
    </AccountSection>
  );
}
