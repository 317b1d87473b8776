import type { Locale } from "@tradepost/contracts/market";
import SearchableMap from "minisearch/SearchableMap";
import { append, type Growing, growingIntegers } from "./growing.ts";
import { type Word, wordsOf } from "./words.ts";

/** Where a word occurs. An item is a document's number and, in the low 8 bits, what the word weighs there. */
interface Postings {
  /** The word as the first document wrote it. */
  shown: string;
  items: Growing;
}

const WEIGHT_STEPS = 12;
const packPosting = (document: number, weight: number): number =>
  document * 256 + Math.min(255, Math.ceil(weight * WEIGHT_STEPS));

export interface TextMatches {
  documents: Uint32Array;
  /** Relevance, in step with `documents`. */
  scores: Float32Array;
}

export interface TextAnswer extends TextMatches {
  /** What was searched instead of the query, when a word of it occurs nowhere. */
  corrected: string | null;
}

/** Parts of a document's text, each with what a word in it weighs. */
export type WeighedTexts = readonly { text: string; weight: number }[];

export type TextIndex = ReturnType<typeof createTextIndex>;

const PREFIX_FACTOR = 0.6;
const INFIX_FACTOR = 0.4;
const MIN_INFIX = 4;
const MAX_CACHED_MATCHES = 1_000_000;
const NOTHING: TextMatches = { documents: new Uint32Array(0), scores: new Float32Array(0) };

/**
 * An inverted index of one locale: a radix tree of words (MiniSearch's) over typed posting lists. Documents are numbers
 * from 0 without gaps, added once; whoever asks leaves out those that are gone.
 */
export function createTextIndex(locale: Locale) {
  const words = new SearchableMap<Postings>();
  const postingsOf = new Map<string, Postings>();
  const known = new Map<string, TextMatches>();
  const spellings = new Map<string, Word | undefined>();
  let knownMatches = 0;
  let scoreOf = new Float32Array(1024);
  let seenBy = new Uint32Array(1024);
  let size = 0;

  const forget = (): void => {
    known.clear();
    spellings.clear();
    knownMatches = 0;
  };

  const merge = (found: Map<Postings, number>): TextMatches => {
    const documents = growingIntegers();
    for (const [postings, factor] of found) {
      const { items, length } = postings.items;
      const unit = (Math.log1p(size / length) * factor) / WEIGHT_STEPS;
      for (let i = 0; i < length; i++) {
        const item = items[i] as number;
        const document = item >>> 8;
        const score = (item & 255) * unit;
        const best = scoreOf[document] as number;
        if (best === 0) append(documents, document);
        if (score > best) scoreOf[document] = score;
      }
    }
    const merged = {
      documents: documents.items.slice(0, documents.length),
      scores: new Float32Array(documents.length),
    };
    for (let i = 0; i < documents.length; i++) {
      merged.scores[i] = scoreOf[merged.documents[i] as number] as number;
      scoreOf[merged.documents[i] as number] = 0;
    }
    return merged;
  };

  const matchesOf = (word: string): TextMatches => {
    let matches = known.get(word);
    if (matches === undefined) {
      matches = merge(expand(words, word));
      if (knownMatches > MAX_CACHED_MATCHES) forget();
      knownMatches += matches.documents.length + 20;
      known.set(word, matches);
    }
    return matches;
  };

  const spellingOf = (word: Word): Word | undefined => {
    if (matchesOf(word.key).documents.length > 0) return word;
    if (!spellings.has(word.key)) spellings.set(word.key, closestWord(words, word.key));
    return spellings.get(word.key);
  };

  /** Documents that have every word. */
  const intersect = (lists: readonly TextMatches[]): TextMatches => {
    const [first, ...others] = [...lists].sort((a, b) => a.documents.length - b.documents.length);
    if (!first) return NOTHING;
    if (others.length === 0) return first;
    const candidates = first.documents;
    for (let i = 0; i < candidates.length; i++) {
      const document = candidates[i] as number;
      seenBy[document] = 1;
      scoreOf[document] = first.scores[i] as number;
    }
    for (const [n, { documents, scores }] of others.entries()) {
      for (let i = 0; i < documents.length; i++) {
        const document = documents[i] as number;
        if (seenBy[document] !== n + 1) continue;
        seenBy[document] = n + 2;
        scoreOf[document] = (scoreOf[document] as number) + (scores[i] as number);
      }
    }
    const documents = new Uint32Array(candidates.length);
    const scores = new Float32Array(candidates.length);
    let count = 0;
    for (let i = 0; i < candidates.length; i++) {
      const document = candidates[i] as number;
      if (seenBy[document] === lists.length) {
        documents[count] = document;
        scores[count++] = scoreOf[document] as number;
      }
      seenBy[document] = 0;
      scoreOf[document] = 0;
    }
    return { documents: documents.subarray(0, count), scores: scores.subarray(0, count) };
  };

  return {
    add(document: number, texts: WeighedTexts): void {
      if (document >= scoreOf.length) {
        scoreOf = new Float32Array(scoreOf.length * 2);
        seenBy = new Uint32Array(seenBy.length * 2);
      }
      for (const [key, { shown, weight }] of weighWords(texts, locale)) {
        let postings = postingsOf.get(key);
        if (!postings) {
          postings = { shown, items: growingIntegers() };
          postingsOf.set(key, postings);
          words.set(key, postings);
        }
        append(postings.items, packPosting(document, weight));
      }
      size = document + 1;
      forget();
    },

    /** Documents with every word of the query, in full, begun, inside a compound, or else in its closest spelling. */
    search(query: string): TextAnswer {
      const asked = wordsOf(query, locale);
      const spelt = asked.map(spellingOf);
      const searched = spelt.filter((word) => word !== undefined);
      if (searched.length === 0 || searched.length < asked.length) return { ...NOTHING, corrected: null };
      const matches = intersect([...new Set(searched.map(({ key }) => key))].map(matchesOf));
      const isCorrected = searched.some((word, i) => word !== asked[i]);
      return { ...matches, corrected: isCorrected ? searched.map(({ shown }) => shown).join(" ") : null };
    },

    /** The query with its last word completed to words that begin so, the most frequent first. */
    completions(query: string, limit: number): string[] {
      const typed = wordsOf(query, locale);
      const last = typed.pop();
      if (!last) return [];
      const before = typed.map(({ shown }) => `${shown} `).join("");
      return [...words.atPrefix(last.key).values()]
        .sort((a, b) => b.items.length - a.items.length)
        .slice(0, limit)
        .map(({ shown }) => before + shown);
    },
  };
}

/** A word counts less the longer the text around it and the more often it is repeated. */
function weighWords(texts: WeighedTexts, locale: Locale): Map<string, { shown: string; weight: number }> {
  const weights = new Map<string, { shown: string; weight: number }>();
  for (const { text, weight } of texts) {
    const words = wordsOf(text, locale);
    const counts = new Map<string, number>();
    for (const { key, shown } of words) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (!weights.has(key)) weights.set(key, { shown, weight: 0 });
    }
    for (const [key, count] of counts) {
      const entry = weights.get(key);
      if (entry) entry.weight += (weight * count) / (count + 0.5 + words.length / 20);
    }
  }
  return weights;
}

function expand(words: SearchableMap<Postings>, word: string): Map<Postings, number> {
  const found = new Map<Postings, number>();
  for (const [longer, postings] of words.atPrefix(word).entries()) {
    found.set(postings, longer === word ? 1 : (PREFIX_FACTOR * word.length) / longer.length);
  }
  if (found.size > 0 || word.length < MIN_INFIX) return found;
  for (const [compound, postings] of words.entries()) {
    if (compound.includes(word)) found.set(postings, (INFIX_FACTOR * word.length) / compound.length);
  }
  return found;
}

/** One wrong letter in words of three to five letters, two in longer ones; of equally close words the most frequent. */
function closestWord(words: SearchableMap<Postings>, word: string): Word | undefined {
  if (word.length < 3) return undefined;
  const [best] = [...words.fuzzyGet(word, word.length < 6 ? 1 : 2)].sort(
    ([, [a, distanceA]], [, [b, distanceB]]) => distanceA - distanceB || b.items.length - a.items.length,
  );
  return best && { key: best[0], shown: best[1][0].shown };
}
