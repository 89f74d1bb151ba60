/**
 * Chooses items that are good and unlike each other: greedily the largest determinant of `q_i q_j K_ij`, K_ij = 1 / (1 + distance) (the
 * determinantal point process of Mothilal, Sharma and Tan 2020, with the quality of Kulesza and Taskar 2012). The best comes first.
 * @param costs [items] from 0; q = exp(-cost / 2)
 * @param weight of diversity against cost
 */
export function diverse(
  costs: readonly number[],
  distance: (a: number, b: number) => number,
  count: number,
  weight: number,
): number[] {
  const kernel = (a: number, b: number) => 1 / (1 + distance(a, b));
  // Each row of the growing Cholesky factor, for every item.
  const factors = costs.map(() => [] as number[]);
  const left = costs.map(() => 1);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, costs.length)) {
    const gain = (i: number) => weight * Math.log(Math.max(left[i], 1e-12)) - costs[i];
    const open = costs.map((_, i) => i).filter((i) => !chosen.includes(i));
    const best = open.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    if (left[best] < 1e-9) break;
    for (const i of open) {
      if (i === best) continue;
      const dot = factors[i].reduce((sum, value, t) => sum + value * factors[best][t], 0);
      const next = (kernel(i, best) - dot) / Math.sqrt(left[best]);
      factors[i].push(next);
      left[i] -= next * next;
    }
    chosen.push(best);
  }
  return chosen;
}
