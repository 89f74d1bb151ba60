import { countWords } from '../../../shared/results/numbers.ts';
import { agreementsOf } from './agreements.ts';
import type { Attributor } from './attributors.ts';
import { judgeFaithfulness } from './judge-faithfulness.ts';
import { judgeSensitivity } from './judge-sensitivity.ts';
import { judgeStability } from './judge-stability.ts';
import { type Explained, type Judging, topOf } from './judging.ts';
import { strongest } from './random-comparison.ts';

/** The figures of all techniques, the cheap ones first, until it is enough. */
export async function judgeAll(task: Judging, all: readonly Attributor[], progress: (share: number) => void) {
  const { model, row, random, enough, options, ground } = task;
  const names = ground.columns.map(({ name }) => name);
  const top = topOf(names.length);
  const explained: Explained[] = [];
  for (const [i, attributor] of all.entries()) {
    if (i > 0 && enough()) break;
    progress((0.1 * i) / all.length);
    const before = model.cost().predictions;
    const contributions = await attributor.attribute(row, 1 + random.fork('seed 0').integer(1e9));
    const told = strongest(contributions, top).filter((column) => contributions[column] !== 0);
    const own = { method: attributor.method, strongest: Array.from(told, (column) => names[column]) };
    explained.push({ attributor, contributions, cost: model.cost().predictions - before, own });
  }
  const agreements = agreementsOf(explained, top, options.randomOnes, random.fork('agreement'));
  const base = await judgeFaithfulness(task, explained, progress);
  const isStable = !enough() && (await judgeStability(task, explained, top, (share) => progress(0.4 + 0.1 * share)));
  const nearby = await judgeSensitivity(task, explained, (share) => progress(0.5 + 0.5 * share));
  return {
    methods: explained.map(({ own }) => own),
    agreements,
    base,
    nearby: nearby.done,
    ...(explained.length < all.length || !isStable || nearby.done < nearby.wanted
      ? { partial: partialWords(explained.length, all.length, isStable, nearby.done, nearby.wanted) }
      : {}),
  };
}

const partialWords = (methods: number, of: number, isStable: boolean, nearby: number, wanted: number): string => {
  if (methods < of) return `Ended after ${countWords(methods, 'technique')} of ${of}.`;
  if (!isStable) return 'Ended before the stability over seeds and the sensitivity were known.';
  return `Ended after ${nearby} of ${countWords(wanted, 'row')} nearby.`;
};
