import { Listr, PRESET_TIMER } from "listr2";
import { STEPS, type StepName, type Track } from "./steps.ts";

export interface Display {
  track: Track;
  /** Ends the display; steps that never began are marked as done without work. */
  close: () => Promise<void>;
}

type Say = (line: string) => void;

/** A line per step with a timer, redrawn in a terminal and plain lines elsewhere. */
export function openDisplay(): Display {
  const names = Object.keys(STEPS) as StepName[];
  const begun = new Map(names.map((name) => [name, Promise.withResolvers<(say: Say) => Promise<void>>()]));
  const list = new Listr(
    names.map((name) => ({
      title: STEPS[name],
      task: async (_context, task) => {
        const work = await begun.get(name)?.promise;
        await work?.((line) => {
          task.output = line;
        });
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    },
  );
  const finished = list.run().catch(() => {}); // the error is whoever awaits the step's to show
  return {
    track: <T>(name: StepName, work: (say: Say) => Promise<T>): Promise<T> => {
      const result = Promise.withResolvers<T>();
      result.promise.catch(() => {});
      begun.get(name)?.resolve(async (say) => {
        try {
          result.resolve(await work(say));
        } catch (error) {
          result.reject(error);
          throw error;
        }
      });
      return result.promise;
    },
    close: async () => {
      for (const { resolve } of begun.values()) resolve(async () => {});
      await finished;
    },
  };
}
