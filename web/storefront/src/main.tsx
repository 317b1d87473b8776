import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./app/app.tsx";
import { applyMarket, initialMarket, MarketProvider } from "./app/market.tsx";
import { preparePage } from "./app/pages.ts";
import { queryClient } from "./app/query-client.ts";
import { applyTheme, storedTheme } from "./app/theme.ts";
import { loadMessages } from "./messages/load-messages.ts";

applyTheme(storedTheme());
const market = initialMarket(navigator.languages);
applyMarket(market);
// The page's code and data are asked for while the words are on their way.
preparePage(location.pathname + location.search, market);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MarketProvider initial={market} initialMessages={await loadMessages(market.locale)}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </MarketProvider>
    </QueryClientProvider>
  </StrictMode>,
);
