const STAR = "M10 1.6 12.6 7l5.9.8-4.3 4.1 1.1 5.9L10 15l-5.3 2.8 1.1-5.9L1.5 7.8 7.4 7 10 1.6Z";

/** Five stars filled to `average` (1.0 to 5.0); `label` says it in words. */
export function Stars({ average, label, size = 16 }: { average: number; label: string; size?: number }) {
  const row = (
    <svg
      width={size * 5}
      height={size}
      viewBox="0 0 100 20"
      fill="currentColor"
      aria-hidden="true"
      className="block max-w-none"
    >
      {[0, 20, 40, 60, 80].map((x) => (
        <path key={x} d={STAR} transform={`translate(${x} 0)`} />
      ))}
    </svg>
  );
  return (
    <span role="img" aria-label={label} className="relative inline-block shrink-0 text-line">
      {row}
      <span className="absolute inset-y-0 start-0 overflow-hidden text-star" style={{ width: `${average * 20}%` }}>
        {row}
      </span>
    </span>
  );
}
