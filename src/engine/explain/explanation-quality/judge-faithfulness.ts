import { keptValues } from './attributors.ts';
import { alongOrder, areaUnder, faithfulness, randomSubsets } from './faithfulness.ts';
import type { Explained, Judging } from './judging.ts';
import { byContribution, judged } from './random-comparison.ts';

/** Faithfulness, deletion and insertion; gives back what is predicted where no column is known. */
export async function judgeFaithfulness(
  { model, row, ground, output, options, random, enough }: Judging,
  all: readonly Explained[],
  progress: (share: number) => void,
): Promise<number> {
  const columns = ground.columns.length;
  const ask = (members: Uint8Array) => keptValues(model, row, ground, members, output);
  const [whole, base] = await ask(Uint8Array.from({ length: 2 * columns }, (_, i) => (i < columns ? 1 : 0)));
  if (enough()) return base;
  const subsets = randomSubsets(columns, options.subsets, random.fork('subsets'));
  const losses = (await ask(subsets)).map((value) => whole - value);
  progress(0.2);
  for (const one of all)
    one.own = {
      ...one.own,
      faithfulness: faithfulness(one.contributions, subsets, losses, options.randomOnes, random.fork('faithfulness')),
    };
  const areas = async (order: Uint32Array, way: 'deletion' | 'insertion') =>
    areaUnder(await ask(alongOrder(order, way)));
  const stream = random.fork('orders');
  const orders = Array.from({ length: Math.ceil(options.randomOnes / 10) }, () => stream.permutation(columns));
  for (const way of ['deletion', 'insertion'] as const) {
    if (enough()) return base;
    const randomOnes: number[] = [];
    for (const order of orders) randomOnes.push(await areas(order, way));
    for (const one of all) {
      const isNothing =
        columns < 2 || Math.abs(whole - base) < 1e-12 || one.contributions.every((value) => value === 0);
      const area = isNothing ? null : await areas(byContribution(one.contributions), way);
      const goal = way === 'deletion' ? 'low' : 'high';
      one.own = { ...one.own, [way]: area === null ? null : judged(area, randomOnes, goal) };
    }
    progress(way === 'deletion' ? 0.3 : 0.4);
  }
  return base;
}
