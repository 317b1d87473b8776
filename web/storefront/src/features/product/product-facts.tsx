import type { Product } from "@tradepost/contracts/product";
import { Icon, type IconName } from "@tradepost/ui/icon";
import { useMessages } from "../../app/market.tsx";

/** The description, the facts, and what to know before buying. */
export function ProductFacts({ product, sku }: { product: Product; sku: string | undefined }) {
  const { product: words } = useMessages();
  const notes: [IconName, string][] = [
    ["truck", words.delivery],
    ["lock", words.secure],
  ];
  return (
    <>
      <ul className="flex flex-col gap-3 border-line border-y py-5 text-sm">
        {notes.map(([icon, text]) => (
          <li key={icon} className="flex items-center gap-3">
            <Icon name={icon} />
            {text}
          </li>
        ))}
      </ul>
      <section aria-labelledby="description" className="flex flex-col gap-3">
        <h2 id="description" className="font-semibold">
          {words.description}
        </h2>
        {product.description.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph} className="max-w-[65ch] text-ink-soft">
            {paragraph}
          </p>
        ))}
      </section>
      <section aria-labelledby="details">
        <h2 id="details" className="mb-2 font-semibold">
          {words.details}
        </h2>
        <dl className="text-sm">
          {product.attributes.map(({ name, label, values }) => (
            <Fact key={name} label={label} value={values.join(", ")} />
          ))}
          {sku && <Fact label={words.sku} value={sku} />}
        </dl>
      </section>
    </>
  );
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div className="grid grid-cols-[minmax(6rem,1fr)_2fr] gap-4 border-line border-b py-2.5 last:border-0">
    <dt className="text-ink-soft">{label}</dt>
    <dd>{value}</dd>
  </div>
);
