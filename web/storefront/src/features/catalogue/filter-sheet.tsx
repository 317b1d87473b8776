import type { ProductPage } from "@tradepost/contracts/product";
import { Button } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { useState } from "react";
import { useMessages } from "../../app/market.tsx";
import { ModalOnDemand } from "../../app/modal-on-demand.tsx";
import { Filters } from "./filters.tsx";
import { countFilters } from "./narrowing.ts";
import type { Narrowed } from "./use-narrowing.ts";

/** The filters of small screens: a sheet from below that shows how many products are left. */
export function FilterSheet({ page, narrowing, narrow }: Narrowed & { page: ProductPage | undefined }) {
  const { listing: words, shop } = useMessages();
  const [open, setOpen] = useState(false);
  const count = countFilters(narrowing);
  return (
    <div className="lg:hidden">
      <Button look="outline" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="filter" size={18} />
        {words.showFilters}
        {count > 0 && <span className="tabular-nums">({count})</span>}
      </Button>
      <ModalOnDemand
        open={open}
        onClose={() => setOpen(false)}
        title={words.filters}
        closeLabel={shop.close}
        place="bottom"
        footer={
          <Button wide onClick={() => setOpen(false)}>
            {words.showResults(page?.total ?? 0)}
          </Button>
        }
      >
        <Filters page={page} narrowing={narrowing} narrow={narrow} />
      </ModalOnDemand>
    </div>
  );
}
