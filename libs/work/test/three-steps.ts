import { TestHandler } from './support.js';
import type { WorkHarness } from './work-harness.js';

const NAMES = ['one', 'two', 'three'] as const;

/** Three steps, each performing and then leaving an effect; hangs for ever at `<step>:perform` or, its effect written, at `<step>:commit`. */
export function threeSteps(harness: WorkHarness, options: { hangAt: string; say: (text: string) => void }): TestHandler {
  const pass = async (place: string): Promise<void> => {
    options.say(place);
    if (place === options.hangAt) await new Promise(() => undefined);
  };
  const steps = NAMES.map((name) => ({
    name,
    perform: async () => {
      await pass(`${name}:perform`);
      return name;
    },
    commit: async (job: { key: string }) => {
      await harness.leaveEffect(`${job.key}/${name}`);
      await pass(`${name}:commit`);
    },
  }));
  return new TestHandler('mortal', steps);
}
