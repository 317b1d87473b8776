/** Text that is HTML already and goes in as it is. */
export type Html = { html: string };

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A template whose values are escaped unless they are HTML themselves; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: (Html | Html[] | string | number)[]): Html {
  const filled = values.map((value) => {
    if (Array.isArray(value)) return value.map((each) => each.html).join("");
    return typeof value === "object"
      ? value.html
      : String(value).replace(/[&<>"']/g, (mark) => entities[mark] as string);
  });
  return { html: String.raw({ raw: parts }, ...filled) };
}

export const nothing: Html = { html: "" };
