import { exceeded, type Spent } from '../search/budget.ts';
import { trialsToRefit } from './final-models.ts';
import type { RunContext } from './run-context.ts';
import { runTrial } from './run-trial.ts';
import { SearchFault } from './search-fault.ts';

export interface SearchContext extends RunContext {
  /** Told after every trial, and kept in the store. */
  spent(spent: Spent): void;
}

/** Milliseconds; a longer timer of Node's fires at once, and no trial runs for so long. */
const longestTimer = 2 ** 31 - 1;

/** So many trials in a row that would take too long end the search: what is left of the time is of no use to it. */
const mostRefusals = 3;

/** Why the running trials are ended early, as the abort reason. */
class SearchEnd extends Error {}

/**
 * Asks, runs and tells with as many trials side by side as there are workers, until the budget is used up, the space is
 * exhausted, or the person stops. Resolves with why it ended, in a sentence. Throws where the store or the disk fails.
 */
export async function searchLoop(context: SearchContext): Promise<string> {
  const { experiment, prepared, pool, plan, stop } = context;
  const { study, architectures, rungs } = prepared;
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

  let reserve = 0;
  let refusals = 0;
  /** Until the final models must be begun. */
  const secondsLeft = () =>
    experiment.budget.seconds === undefined ? null : experiment.budget.seconds - seconds() - reserve;
  const deadline = new Deadline(() => end.abort(new SearchEnd('The time budget ended while it was running.')));
  deadline.set(secondsLeft());
  const work = async () => {
    while (why === null) {
      if (stop.aborted) return finish((stop.reason as Error).message);
      // What runs counts as well, but is kept as spent only when it has ended: cut off, it is tried again.
      const over = exceeded(
        { ...spent, trials: spent.trials + running, seconds: seconds() + reserve },
        experiment.budget,
      );
      if (over) return finish(over.words);
      if (study.exhausted) return finish(study.exhausted);
      architectures?.takeTurn(study);
      rungs?.takeTurn(study);
      const trial = study.ask();
      const refusal = plan?.refusal(trial, secondsLeft() ?? Number.POSITIVE_INFINITY);
      if (refusal !== undefined) {
        study.tell(trial.number, { pruned: refusal });
        if (trial.why.phase !== 'default' && trial.why.phase !== 'enqueued') refusals++;
        if (refusals >= mostRefusals) return finish('What is left of the time budget is too short for another trial.');
        continue;
      }
      refusals = 0;
      running++;
      const energy = await runTrial(context, trial, signal, secondsLeft());
      running--;
      reserve = plan ? plan.reserve(await trialsToRefit(context), study.trials.length) : 0;
      deadline.set(secondsLeft());
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
  deadline.clear();
  if (fault) throw (fault as PromiseRejectedResult).reason;
  return why ?? 'The search is over.';
}

/** Ends what runs after so many seconds, which may be set anew. */
class Deadline {
  readonly #end: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(end: () => void) {
    this.#end = end;
  }

  /** @param seconds from now; null: none */
  set(seconds: number | null): void {
    this.clear();
    if (seconds !== null && seconds * 1000 <= longestTimer)
      this.#timer = setTimeout(this.#end, Math.max(0, seconds) * 1000);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
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
