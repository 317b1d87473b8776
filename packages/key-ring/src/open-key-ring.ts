import { liveSetting } from "@tradepost/service-runtime/live-setting";
import type { KeyRing, RingKeys } from "./key-ring.ts";
import { type KeyEntry, KeyRingText } from "./key-ring-text.ts";
import { keyUnwrapper } from "./unwrap-keys.ts";

const POLL_MS = 5_000;

export interface LiveKeyRing extends KeyRing {
  stop: () => void;
}

export interface KeyRingOptions {
  /** Part of the encryption context that KMS checks: one service's wrapped keys are useless to another. */
  service: string;
  env?: Record<string, string | undefined>;
  pollMs?: number;
  onChange?: () => void;
  /** Told when the keys cannot be read or KMS does not unwrap them; the keys before them stay in use. */
  onRefused?: (error: Error) => void;
}

/**
 * Opens the ring of keys that the setting holds (`KeyRingText`), and follows its file `X_FILE` while the service runs.
 * Wrapped keys are unwrapped by KMS and kept in memory only; while KMS refuses new ones, it is asked again at every poll.
 * Throws ConfigError when the first keys are not usable.
 */
export async function openKeyRing(
  setting: string,
  { service, env, pollMs = POLL_MS, onChange = () => {}, onRefused = () => {} }: KeyRingOptions,
): Promise<LiveKeyRing> {
  const unwrap = keyUnwrapper(setting, service);
  let keys: RingKeys = [];
  let opened: readonly KeyEntry[] | undefined;
  let following: Promise<boolean> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  const text = liveSetting(setting, KeyRingText, {
    ...(env && { env }),
    ...{ pollMs, onRefused, onChange: () => void (opened && follow()) },
  });

  function follow(): Promise<boolean> {
    clearTimeout(retry);
    if (opened === text.current()) return Promise.resolve(false);
    following ??= catchUp();
    return following;
  }

  /** The file may change again while KMS answers: goes on until the newest is open or refused. */
  async function catchUp(): Promise<boolean> {
    let changed = false;
    while (opened !== text.current()) {
      const wanted = text.current();
      const unwrapped = await unwrap(wanted).catch((error: Error) => error);
      if (!(unwrapped instanceof Error)) {
        [keys, opened, changed] = [unwrapped, wanted, true];
        onChange();
      } else if (wanted === text.current()) {
        onRefused(unwrapped);
        if (!stopped) retry = setTimeout(follow, pollMs).unref();
        break;
      }
    }
    following = undefined;
    return changed;
  }

  try {
    const first = text.current();
    keys = await unwrap(first);
    opened = first;
  } catch (error) {
    text.stop();
    throw error;
  }
  // The file may have changed while KMS answered.
  await follow();
  return {
    current: () => keys,
    refresh: async () => {
      text.refresh();
      return (await following) ?? false;
    },
    stop: () => {
      stopped = true;
      text.stop();
      clearTimeout(retry);
    },
  };
}
