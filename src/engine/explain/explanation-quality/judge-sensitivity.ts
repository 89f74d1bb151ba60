import type { Explained, Judging } from './judging.ts';
import { judged, relativeDistance, shuffled } from './random-comparison.ts';
import { rowNearby, spreadsOf } from './rows-nearby.ts';

/** Cells that the predictions of the sensitivity may look at. */
const mostCells = 4e7;

/** How many rows nearby all techniques were judged on, and how many they should have been: fewer where they are dear. */
export async function judgeSensitivity(
  { row, learnt, width, options, random, enough }: Judging,
  all: readonly Explained[],
  progress: (share: number) => void,
): Promise<{ readonly done: number; readonly wanted: number }> {
  const spreads = spreadsOf(learnt);
  const stream = random.fork('nearby');
  const seed = 1 + random.fork('seed 0').integer(1e9);
  const cost = all.reduce((sum, one) => sum + one.cost, 0);
  const budget = Math.min(options.sensitivityBudget, mostCells / width);
  const most = Math.min(options.nearby, Math.max(1, Math.floor(budget / Math.max(1, cost))));
  const largest = all.map(() => 0);
  let done = 0;
  for (; done < most && !enough(); done++) {
    const near = rowNearby(row, learnt, spreads, options.radius, stream);
    for (const [i, { attributor, contributions }] of all.entries())
      largest[i] = Math.max(largest[i], relativeDistance(contributions, await attributor.attribute(near, seed)));
    progress((done + 1) / most);
  }
  if (done === 0) return { done, wanted: most };
  const dealt = random.fork('dealt');
  const randomLargest = (values: Float64Array) => {
    let most = 0;
    for (let i = 0; i < done; i++) most = Math.max(most, relativeDistance(values, shuffled(values, dealt)));
    return most;
  };
  all.forEach((one, i) => {
    const { contributions } = one;
    const isNothing = contributions.every((value) => value === 0);
    const randomOnes = () =>
      Array.from({ length: Math.ceil(options.randomOnes / 10) }, () => randomLargest(contributions));
    one.own = { ...one.own, sensitivity: isNothing ? null : judged(largest[i], randomOnes(), 'low') };
  });
  return { done, wanted: most };
}
