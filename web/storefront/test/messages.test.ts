import { expect, it } from "vitest";
import { de } from "../src/messages/de.ts";
import { en } from "../src/messages/en.ts";

type Words = { [key: string]: string | string[] | ((...values: never[]) => string) | Words };

/** Every message by its path; those that take values are said with some. */
function said(words: Words, values: (string | number)[], path = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, word] of Object.entries(words)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof word === "string") all.set(here, word);
    else if (typeof word === "function") all.set(here, word(...(values as never[])));
    else if (Array.isArray(word)) for (const [index, one] of word.entries()) all.set(`${here}.${index}`, one);
    else for (const [inner, text] of said(word, values, here)) all.set(inner, text);
  }
  return all;
}

it("says the same things in both languages, and nothing twice empty", () => {
  const english = said(en, [2, 3]);
  const german = said(de, [2, 3]);
  expect([...german.keys()]).toEqual([...english.keys()]);
  for (const [path, text] of [...english, ...german]) expect(text.trim(), path).not.toBe("");
});

it("uses every value that it is given, for one and for many", () => {
  for (const words of [en, de]) {
    const [one, many] = [said(words, [1, 3]), said(words, [77, 78])];
    for (const [path, text] of many) {
      const takesValues = text !== one.get(path);
      if (takesValues) expect(text, path).toMatch(/7[78]/);
      expect(text, path).not.toMatch(/undefined|NaN|\[object/);
    }
  }
});

it("is translated: a word that is the same in both languages is one that German really has", () => {
  const english = said(en, [2, 3]);
  const same = [...said(de, [2, 3])].filter(([path, text]) => english.get(path) === text).map(([, text]) => text);
  const german = ["Tradepost", "English", "Deutsch", "Filter", "Name", "Material", "Code", "(2)"];
  expect(same.filter((text) => !german.includes(text))).toEqual([]);
});
