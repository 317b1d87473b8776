import type { Locale } from "@tradepost/contracts/market";

const STOP_WORDS: Record<Locale, ReadonlySet<string>> = {
  en: new Set("a an and are as at by for from in is it its of on or that the their this to with you your".split(" ")),
  de: new Set(
    "als am an auch auf aus bei das dem den der des die ein eine einem einen einer es fur im in ist mit oder sich und vom von zu zum zur".split(
      " ",
    ),
  ),
};

const LONGEST_WORD = 40;
const WORD = /[\p{L}\p{N}]+/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const isAscii = (text: string): boolean => /^[\n -~]*$/.test(text);

/** Lower case without accents, so that `Décor`, `decor` and `DÉCOR` are one; `ß` is `ss`. */
export const fold = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase()
    : text
        .normalize("NFKD")
        .replace(/\p{M}+/gu, "")
        .toLowerCase()
        .replaceAll("ß", "ss");

export interface Word {
  /** As it is looked up: folded, without inflection. */
  key: string;
  /** As it was written, in lower case. */
  shown: string;
}

/** The words of a text. Stop words stay when there is nothing else. */
export function wordsOf(text: string, locale: Locale): Word[] {
  const written =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(isAscii(text) ? ASCII_WORD : WORD) ?? [];
  const words = written.filter((word) => word.length <= LONGEST_WORD).map((shown) => ({ shown, folded: fold(shown) }));
  const telling = words.filter(({ folded }) => !STOP_WORDS[locale].has(folded));
  return (telling.length > 0 ? telling : words).map(({ shown, folded }) => ({ shown, key: stem(folded, locale) }));
}

const stem = (word: string, locale: Locale): string => (locale === "de" ? stemGerman(word) : stemEnglish(word));

/** The S stemmer (D. Harman, "How effective is suffixing?", JASIS 42, 1991): plurals only. */
function stemEnglish(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith("ies") && !/[ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:[sx]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s") && !/[us]s$/.test(word)) return word.slice(0, -1);
  return word;
}

/** Endings of number and case, after the minimal stemmer of J. Savoy (UniNE); umlauts are folded before. */
function stemGerman(word: string): string {
  if (word.length < 5) return word;
  if (word.length > 6 && word.endsWith("nen")) return word.slice(0, -3);
  if (word.length > 5 && /(?:en|er|es|se)$/.test(word)) return word.slice(0, -2);
  if (/[ners]$/.test(word)) return word.slice(0, -1);
  return word;
}
