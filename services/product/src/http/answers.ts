import { createHash } from "node:crypto";
import { createBoundedCache } from "@tradepost/service-runtime/bounded-cache";
import { type PreSerialised, preSerialised } from "@tradepost/service-runtime/pre-serialised";
import type { SharedCache } from "../storage/shared-cache.ts";

const MAX_ANSWERS = 1_000;
const FORGET_AFTER_MS = 60_000;

export interface Question<T> {
  /** Names the answer among all others; the version of the data need not be in it. */
  key: string;
  make: () => T | Promise<T>;
  serialise: (value: T) => string;
  /** Whether other replicas may use it: where making it costs more than asking Redis. */
  isShared: boolean;
}

export type Answers = ReturnType<typeof createAnswers>;

/**
 * Answers as bytes, made once per version of the data they come from: by one of the requests that ask at the same time,
 * and for shared ones by one of the replicas.
 */
export function createAnswers({ version, shared }: { version: () => string; shared: SharedCache }) {
  const kept = createBoundedCache<{ version: string; answer: PreSerialised }>(MAX_ANSWERS);
  const underWay = new Map<string, Promise<PreSerialised>>();

  const make = async <T>({ key, make: makeValue, serialise, isShared }: Question<T>, at: string) => {
    const sharedKey = `answer:${digest(`${at} ${key}`)}`;
    const found = isShared ? await shared.get(sharedKey) : undefined;
    const bytes = found ?? Buffer.from(serialise(await makeValue()));
    if (isShared && !found && version() === at) shared.put(sharedKey, bytes);
    return preSerialised(bytes, `"${digest(bytes)}"`);
  };

  return <T>(question: Question<T>): PreSerialised | Promise<PreSerialised> => {
    const at = version();
    const known = kept.get(question.key);
    if (known?.version === at) return known.answer;
    const name = `${at} ${question.key}`;
    const running = underWay.get(name);
    if (running) return running;
    const making = make(question, at)
      .then((answer) => {
        kept.set(question.key, { version: at, answer }, Date.now() + FORGET_AFTER_MS);
        return answer;
      })
      .finally(() => underWay.delete(name));
    underWay.set(name, making);
    return making;
  };
}

const digest = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("base64url").slice(0, 22);
