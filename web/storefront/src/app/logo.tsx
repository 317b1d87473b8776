/** The shop's name with its signpost. */
export const Logo = () => (
  <span className="flex items-center gap-2.5">
    <svg aria-hidden="true" width="30" height="30" viewBox="0 0 32 32" className="rounded-md bg-accent text-on-accent">
      <path d="M7 10h18M16 10v14M11 24h10" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" fill="none" />
      <circle cx="16" cy="10" r="2.6" className="fill-star" />
    </svg>
    <span className="font-display text-[1.7rem] leading-none">Tradepost</span>
  </span>
);
