import { exceeded, type Spent } from '../search/budget.ts';
import type { RunContext } from './run-context.ts';
import { runTrial } from './run-trial.ts';
import { SearchFault } from './search-fault.ts';

export interface SearchContext extends RunContext {
  /** Told after every trial, and kept in the store. */
  spent(spent: Spent): void;
}

/** Milliseconds; a longer timer of Node's fires at once, and no trial runs for so long. */
const longestTimer = 2 ** 31 - 1;

/** Why the running trials are ended early, as the abort reason. */
class SearchEnd extends Error {}

/**
 * Asks, runs and tells with as many trials side by side as there are workers, until the budget is used up, the space is
 * exhausted, or the person stops. Resolves with why it ended, in a sentence. Throws where the store or the disk fails.
 */
export async function searchLoop(context: SearchContext): Promise<string> {
  const { experiment, prepared, pool, stop } = context;
  const { study, architectures } = prepared;
  const began = performance.now();
  const end = new AbortController();
  const signal = AbortSignal.any([stop, end.signal]);
  let spent = prepared.spent;
  let why: string | null = null;
  const finish = (words: string) => {
    why ??= words;
  };
  let running = 0;
  const seconds = () => prepared.spent.seconds + (performance.now() - began) / 1000;

  const secondsLeft = () => (experiment.budget.seconds === undefined ? null : experiment.budget.seconds - seconds());

  const left = secondsLeft();
  const deadline =
    left === null || left * 1000 > longestTimer
      ? undefined
      : setTimeout(() => end.abort(new SearchEnd('The time budget ended while it was running.')), left * 1000);
  const work = async () => {
    while (why === null) {
      if (stop.aborted) return finish('Stopped by the person.');
      // What runs counts as well, but is kept as spent only when it has ended: cut off, it is tried again.
      const over = exceeded({ ...spent, trials: spent.trials + running, seconds: seconds() }, experiment.budget);
      if (over) return finish(over.words);
      if (study.exhausted) return finish(study.exhausted);
      architectures?.takeTurn(study);
      const trial = study.ask();
      running++;
      const energy = await runTrial(context, trial, signal, secondsLeft());
      running--;
      spent = { ...add(spent, energy), trials: spent.trials + 1, seconds: seconds() };
      context.spent(spent);
    }
  };
  const workers = Array.from({ length: pool.size }, () =>
    work().catch((error: unknown) => {
      end.abort(new SearchFault('The search ended with a fault while it was running; tried again.'));
      throw error;
    }),
  );
  const fault = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  clearTimeout(deadline);
  if (fault) throw (fault as PromiseRejectedResult).reason;
  return why ?? 'The search is over.';
}

/** One unmeasured trial makes the sum unmeasured from then on. */
function add(
  spent: Spent,
  { wattHours, co2Grams, cost }: { wattHours: number | null; co2Grams: number | null; cost: number | null },
): Spent {
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    ...spent,
    wattHours: sum(spent.wattHours, wattHours),
    co2Grams: sum(spent.co2Grams, co2Grams),
    cost: sum(spent.cost, cost),
  };
}
