import { initialMarket } from "./app/market-choice.ts";
import { startPage } from "./app/pages.ts";
import { applyTheme, storedTheme } from "./app/theme.ts";
import { loadMessages } from "./messages/load-messages.ts";

// Small enough to run while the libraries are on their way: everything else that the page needs sets out with them.
applyTheme(storedTheme());
const market = initialMarket(navigator.languages);
startPage(location.pathname + location.search, market);
loadMessages(market.locale).catch(() => {});
// Not awaited: the app shares modules with this one and would wait for it in turn.
void import("./main.tsx");
