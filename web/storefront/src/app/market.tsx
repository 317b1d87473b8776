import { formatMoney, type Money } from "@tradepost/contracts/money";
import { createContext, type ReactNode, use, useMemo, useRef, useState } from "react";
import { loadMessages, type Messages } from "../messages/load-messages.ts";
import { speak } from "./api.ts";
import { keepMarket, type Market } from "./market-choice.ts";

interface MarketValue extends Market {
  messages: Messages;
  choose: (change: Partial<Market>) => Promise<void>;
}
const MarketContext = createContext<MarketValue | undefined>(undefined);

/** Makes the language and currency known to a page. */
export function applyMarket(market: Market): void {
  speak(market.locale);
  document.documentElement.lang = market.locale;
}

export function MarketProvider({
  initial,
  initialMessages,
  children,
}: {
  initial: Market;
  initialMessages: Messages;
  children: ReactNode;
}) {
  const [state, setState] = useState({ ...initial, messages: initialMessages });
  const wanted = useRef(initial);
  const value = useMemo(
    () => ({
      ...state,
      choose: async (change: Partial<Market>) => {
        const market = { ...wanted.current, ...change };
        wanted.current = market;
        const messages = await loadMessages(market.locale);
        // A later choice, which holds this one, is on its way.
        if (wanted.current !== market) return;
        keepMarket(market);
        applyMarket(market);
        setState({ ...market, messages });
      },
    }),
    [state],
  );
  return <MarketContext value={value}>{children}</MarketContext>;
}

export function useMarket(): MarketValue {
  const value = use(MarketContext);
  if (!value) throw new Error("useMarket needs a MarketProvider above it");
  return value;
}

/** The interface's words in the visitor's language. */
export const useMessages = (): Messages => useMarket().messages;

/** Money, numbers and dates in the chosen language, with the conventions of the visitor's own region. */
export function useFormat() {
  const { locale } = useMarket();
  return useMemo(() => {
    const tag = navigator.languages.find((one) => one.startsWith(`${locale}-`)) ?? locale;
    const day = new Intl.DateTimeFormat(tag, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
    const moment = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" });
    const time = new Intl.DateTimeFormat(tag, { timeStyle: "short" });
    const oneDecimal = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return {
      /** A number with one decimal, e.g. a rating. */
      number: (value: number) => oneDecimal.format(value),
      money: (money: Money) => formatMoney(money, tag),
      /** Two ISO calendar days as a span, e.g. `Fri 27 – Mon 30 Nov`. */
      days: (from: string, to: string) =>
        from === to ? day.format(new Date(from)) : day.formatRange(new Date(from), new Date(to)),
      time: (iso: string) => time.format(new Date(iso)),
      moment: (iso: string) => moment.format(new Date(iso)),
    };
  }, [locale]);
}
