import type { Store } from "./store.ts";

/** Something that happens by itself later, such as a bank settling a payment. */
export type Job = { id: string; kind: "settle_payment" | "settle_refund"; subject: string; runAtMs: number };

export type JobRunner = { wake(): void; close(): void };

/** Runs each job of the store once its time has come; a job leaves the store in the transaction of its effect. */
export function startJobs(store: Store, nowMs: () => number, run: (job: Job) => void): JobRunner {
  let timer: NodeJS.Timeout | undefined;
  const wake = () => {
    clearTimeout(timer);
    const jobs = store.all("jobs").toSorted((a, b) => a.runAtMs - b.runAtMs);
    for (const job of jobs.filter((each) => each.runAtMs <= nowMs())) run(job);
    const next = jobs.find((job) => job.runAtMs > nowMs());
    if (next) timer = setTimeout(wake, next.runAtMs - nowMs()).unref();
  };
  return { wake, close: () => clearTimeout(timer) };
}
