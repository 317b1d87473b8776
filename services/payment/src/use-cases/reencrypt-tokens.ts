import type { Sealed, Vault } from "@tradepost/key-ring/vault";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { countByKey, lockSecretsUnderOtherKeys, replaceSecrets, type SealedSecret } from "../storage/sealed-secrets.ts";

export interface ReencryptTokensDeps {
  sql: Sql;
  transact: Transact;
  vault: Vault;
}

export interface Progress {
  done: number;
  /** As counted at the start; payments made meanwhile by a service that still has the old keys come on top. */
  total: number;
}

export interface Reencrypted {
  keyId: string;
  done: number;
  /** Orders whose secret did not open: its key is gone, or its bytes are damaged. */
  unreadable: string[];
}

/**
 * Seals every client secret anew that is not under the newest key, a batch per transaction. It may be stopped and started
 * again at any time, and run while the service works: what is left to do is what the rows say.
 */
export const reencryptTokens =
  ({ sql, transact, vault }: ReencryptTokensDeps) =>
  async (options: { batchSize: number; onProgress?: (progress: Progress) => void }): Promise<Reencrypted> => {
    const { batchSize, onProgress = () => {} } = options;
    const keyId = vault.currentKeyId();
    const counts = await countByKey(sql);
    const total = counts.reduce((sum, each) => sum + (each.keyId === keyId ? 0 : each.count), 0);
    const result: Reencrypted = { keyId, done: 0, unreadable: [] };
    let afterOrderId: string | undefined;
    for (;;) {
      const batch = await transact((tx) => reencryptBatch(tx, vault, keyId, { afterOrderId, limit: batchSize }));
      if (batch.lastOrderId === undefined) return result;
      afterOrderId = batch.lastOrderId;
      result.done += batch.done;
      result.unreadable.push(...batch.unreadable);
      onProgress({ done: result.done, total });
    }
  };

async function reencryptBatch(
  tx: Sql,
  vault: Vault,
  keyId: string,
  page: { afterOrderId: string | undefined; limit: number },
) {
  const secrets = await lockSecretsUnderOtherKeys(tx, keyId, page);
  const fresh: SealedSecret[] = [];
  const unreadable: string[] = [];
  for (const { orderId, sealed } of secrets) {
    const secret = await tryOpen(vault, sealed, orderId);
    if (secret === undefined) unreadable.push(orderId);
    else fresh.push({ orderId, sealed: vault.seal(secret, orderId) });
  }
  await replaceSecrets(tx, fresh);
  return { done: fresh.length, unreadable, lastOrderId: secrets.at(-1)?.orderId };
}

async function tryOpen(vault: Vault, sealed: Sealed, orderId: string): Promise<Buffer | undefined> {
  try {
    return await vault.open(sealed, orderId);
  } catch {
    return undefined;
  }
}
