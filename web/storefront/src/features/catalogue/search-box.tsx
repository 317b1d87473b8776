import { useQuery } from "@tanstack/react-query";
import { Icon } from "@tradepost/ui/icon";
import { type FormEvent, type KeyboardEvent, lazy, Suspense, useId, useRef, useState } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useMarket, useMessages } from "../../app/market.tsx";
import { suggestionsOptions } from "./catalogue-queries.ts";
import { flattenSuggestions } from "./suggestions.ts";
import { useSettled } from "./use-settled.ts";

const SuggestionList = lazy(() => import("./suggestion-list.tsx"));
const SETTLE_MS = 140;

/** Search with suggestions while typing: a combobox (ARIA 1.2) that works as a plain search form too. */
export function SearchBox() {
  const { search: words } = useMessages();
  const market = useMarket();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const query = useSearchParams()[0].get("q") ?? "";
  const asked = pathname === "/search" ? query : "";
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(asked);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // Another page begins with its own question; the first one may already be typed over.
  const place = `${pathname}?${asked}`;
  const [shownPlace, setShownPlace] = useState(place);
  if (place !== shownPlace) {
    setShownPlace(place);
    setTyped(asked);
    setOpen(false);
  }

  const settled = useSettled(typed.trim(), SETTLE_MS);
  const { data } = useQuery(suggestionsOptions(market, settled));
  const options = data && typed.trim() !== "" ? flattenSuggestions(data) : [];
  const shown = open && options.length > 0;

  const go = (to: string) => {
    setOpen(false);
    setActive(-1);
    navigate(to);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = shown ? options[active] : undefined;
    if (chosen) go(chosen.to);
    else if (typed.trim() !== "") go(`/search?${new URLSearchParams({ q: typed.trim() })}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length > 0) {
      event.preventDefault();
      setOpen(true);
      // -1 is the text field itself, between the last option and the first.
      setActive((now) => ((now + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    }
    if (event.key === "Escape" && shown) {
      event.preventDefault();
      setOpen(false);
      setActive(-1);
    }
  };

  return (
    <search className="relative w-full">
      <form
        ref={form}
        onSubmit={submit}
        onBlur={(event) => !form.current?.contains(event.relatedTarget) && setOpen(false)}
        className="relative"
      >
        <label htmlFor={`${id}-input`} className="sr-only">
          {words.label}
        </label>
        <span className="pointer-events-none absolute inset-y-0 start-3.5 grid place-items-center text-ink-soft">
          <Icon name="search" size={18} />
        </span>
        <input
          id={`${id}-input`}
          type="search"
          role="combobox"
          aria-expanded={shown}
          aria-controls={options.length > 0 ? `${id}-list` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
          autoComplete="off"
          enterKeyHint="search"
          maxLength={120}
          placeholder={words.placeholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          className="min-h-11 w-full rounded-full border border-line-strong bg-surface ps-11 pe-4 text-ellipsis placeholder:text-ink-soft hover:border-ink [&::-webkit-search-cancel-button]:hidden"
        />
        {options.length > 0 && (
          <Suspense>
            <SuggestionList {...{ id, options, active, shown, onPick: go, onHover: setActive }} />
          </Suspense>
        )}
      </form>
      <p aria-live="polite" className="sr-only">
        {shown ? words.suggestionCount(options.length) : ""}
      </p>
    </search>
  );
}
