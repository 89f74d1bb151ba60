import type { Binned } from './binned-values.ts';

/** Mutual information of two binned columns, in nats, and the number of bins of each that are in use (Shannon 1948; Cover and Thomas 2006, equation 2.28). */
export function mutualInformation(x: Binned, y: Binned): { nats: number; used: readonly [number, number] } {
  const together = new Float64Array(x.count * y.count);
  const byX = new Float64Array(x.count);
  const byY = new Float64Array(y.count);
  const rows = x.bins.length;
  for (let row = 0; row < rows; row++) {
    together[x.bins[row] * y.count + y.bins[row]]++;
    byX[x.bins[row]]++;
    byY[y.bins[row]]++;
  }
  let nats = 0;
  for (let i = 0; i < x.count; i++)
    for (let j = 0; j < y.count; j++) {
      const both = together[i * y.count + j];
      if (both > 0) nats += (both / rows) * Math.log((both * rows) / (byX[i] * byY[j]));
    }
  const used = (counts: Float64Array) => counts.filter((count) => count > 0).length;
  return { nats, used: [used(byX), used(byY)] };
}

/** Less what columns without any bearing on each other would have on average (Miller 1955). */
export function informationBeyondChance(x: Binned, y: Binned): number {
  const { nats, used } = mutualInformation(x, y);
  return nats - ((used[0] - 1) * (used[1] - 1)) / (2 * Math.max(1, x.bins.length));
}
