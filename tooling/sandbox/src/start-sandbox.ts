import { buildApp } from "./build-app.ts";
import { type FaultPlan, openFaultPlan } from "./faults/fault-plan.ts";
import { type Job, startJobs } from "./storage/jobs.ts";
import { openStore } from "./storage/store.ts";
import { openTransactions, type Transact } from "./storage/transaction.ts";
import { settlePaymentIntent } from "./stripe/confirm-payment-intent.ts";
import { openIdempotencyKeys } from "./stripe/idempotency.ts";
import { randomText } from "./stripe/ids.ts";
import { settleRefund } from "./stripe/refunds.ts";
import { configureEndpoint } from "./stripe/webhook-endpoints.ts";
import { startDispatcher } from "./webhooks/dispatcher.ts";

export type SandboxOptions = {
  /** 0 chooses a free one. */
  port: number;
  host?: string;
  /** Folder of the journal; without one everything is forgotten at the end. */
  dataDir?: string;
  /** Where browsers reach the sandbox, when that is not where it listens: in a container, behind a proxy. */
  publicUrl?: string;
  webhookUrl?: string;
  /** Signs the webhooks to `webhookUrl`; a random one is made when left out. */
  webhookSecret?: string;
  /** Waits between attempts to deliver a webhook. */
  webhookRetryDelaysMs?: number[];
  /** How long an endpoint may take to answer. */
  webhookTimeoutMs?: number;
  /** How long the bank takes where it takes its time: pending refunds, the sandbox's processing cards. */
  settleAfterMs?: number;
  /** The version of Stripe's API that events say they have. */
  apiVersion?: string;
  nowMs?: () => number;
};

export type Sandbox = {
  port: number;
  url: string;
  /** Null when no webhook URL was given. */
  webhookSecret: string | null;
  /** The faults in force, for tests in the same process. */
  faults: FaultPlan;
  close(): Promise<void>;
};

const second = 1000;
const defaultRetryDelaysMs = [1, 5, 30, 120, 600, 3600].map((seconds) => seconds * second);
const byItself = { id: null, idempotency_key: null };

/** Starts the sandbox and resolves when it listens. Rejects when the port is taken or the journal is damaged. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = "127.0.0.1", nowMs = Date.now, apiVersion = "2026-10-28.endive" } = options;
  const store = openStore(options.dataDir);
  const faults = openFaultPlan();
  const webhook =
    options.webhookUrl === undefined
      ? undefined
      : {
          url: options.webhookUrl,
          secret: options.webhookSecret ?? `whsec_${randomText(32)}`,
        };
  let url = "";
  const publicUrl = () => options.publicUrl ?? url;
  const dispatcher = startDispatcher({
    store,
    nowMs,
    retryDelaysMs: options.webhookRetryDelaysMs ?? defaultRetryDelaysMs,
    timeoutMs: options.webhookTimeoutMs ?? 10 * second,
  });
  const transact = openTransactions({
    store,
    nowMs,
    apiVersion,
    publicUrl,
    settleAfterMs: options.settleAfterMs ?? 2 * second,
    webhookFaults: (event) => {
      const fault = faults.pick("webhooks", { event });
      return fault && { kind: fault.kind as "lose", ms: fault.ms, n: fault.n };
    },
    committed: () => {
      dispatcher.wake();
      jobs.wake();
    },
  });
  const jobs = startJobs(store, nowMs, (job) => runJob(transact, job));
  const configure = () => transact(byItself, (tx) => configureEndpoint(tx, webhook));
  const app = buildApp({
    store,
    transact,
    faults,
    nowMs,
    apiVersion,
    url: publicUrl,
    keys: openIdempotencyKeys(store, nowMs),
    reset: () => {
      store.clear();
      faults.clear();
      configure();
    },
  });
  url = await app.listen({ port: options.port, host });
  configure();
  return {
    url,
    port: Number(new URL(url).port),
    webhookSecret: webhook?.secret ?? null,
    faults,
    close: async () => {
      jobs.close();
      await app.close();
      await dispatcher.close();
      store.close();
    },
  };
}

function runJob(transact: Transact, job: Job): void {
  transact(byItself, (tx) => {
    tx.remove("jobs", job.id);
    const intent = job.kind === "settle_payment" ? tx.get("payment_intents", job.subject) : undefined;
    const refund = job.kind === "settle_refund" ? tx.get("refunds", job.subject) : undefined;
    if (intent) settlePaymentIntent(tx, intent);
    if (refund) settleRefund(tx, refund);
  });
}
