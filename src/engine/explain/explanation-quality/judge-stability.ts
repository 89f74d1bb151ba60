import type { Explained, Judging } from './judging.ts';
import { judged, overPairs, sharedTop, shuffled } from './random-comparison.ts';

/** How far the strongest columns stay the same over seeds; whether all techniques were judged. */
export async function judgeStability(
  { row, options, random, enough }: Judging,
  all: readonly Explained[],
  top: number,
  progress: (share: number) => void,
): Promise<boolean> {
  const stream = random.fork('stability');
  for (const [i, one] of all.entries()) {
    const again = [one.contributions];
    for (let seed = 1; seed < options.seeds; seed++) {
      if (enough()) return false;
      again.push(await one.attributor.attribute(row, 1 + random.fork(`seed ${seed}`).integer(1e9)));
    }
    const isNothing = again.length < 2 || one.contributions.every((value) => value === 0);
    const shared = (a: Float64Array, b: Float64Array) => sharedTop(a, b, top);
    const dealt = () => again.map((values) => shuffled(values, stream));
    const randomOnes = () => Array.from({ length: options.randomOnes }, () => overPairs(dealt(), shared));
    one.own = { ...one.own, stability: isNothing ? null : judged(overPairs(again, shared), randomOnes(), 'high') };
    progress((i + 1) / all.length);
  }
  return true;
}
