import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./app/app.tsx";
import { applyMarket, MarketProvider } from "./app/market.tsx";
import { initialMarket } from "./app/market-choice.ts";
import { mendMissingPictures } from "./app/missing-pictures.ts";
import { preparePage } from "./app/prepare-page.ts";
import { queryClient } from "./app/query-client.ts";
import { loadMessages } from "./messages/load-messages.ts";

const market = initialMarket(navigator.languages);
applyMarket(market);
mendMissingPictures();
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
