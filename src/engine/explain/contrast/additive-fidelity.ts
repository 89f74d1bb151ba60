import type { Table } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import { mean } from '../../statistics/mean.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import { CoalitionValues } from '../shapley/coalition-values.ts';
import { HybridRows } from '../shapley/hybrid-rows.ts';
import { type KernelValues, withRest } from '../shapley/kernel-values.ts';

/** Random coalitions that an additive explanation is held to, and the fewest that say something. */
const [coalitions, fewest] = [60, 20];

/**
 * R2 of 'base plus the contributions of the columns that are known' on random coalitions of columns, against what the model really says of
 * them; null where there was no time or where nothing varies.
 * @param outputs numbers a row, of which the first was explained
 */
export async function additiveFidelity(
  counted: CountedPredictor,
  row: Table,
  background: Table,
  { players, nobody, estimates }: KernelValues,
  outputs: number,
  random: Random,
  enough: () => boolean,
): Promise<number | null> {
  const contributions = estimates[0]?.values;
  if (!nobody || !contributions || contributions.length < players.length || players.length === 0) return null;
  const all = withRest(players, background.columns.length);
  const members = new Uint8Array(coalitions * all.length);
  for (let i = 0; i < coalitions; i++)
    for (let player = 0; player < players.length; player++) members[i * all.length + player] = random.integer(2);
  const asking = new CoalitionValues(
    counted,
    new HybridRows(row, background, all),
    background.columns.length,
    all.length,
  );
  const { values, asked } = await asking.ask(members, outputs, enough, () => {});
  if (asked < fewest) return null;
  const real = Float64Array.from({ length: asked }, (_, i) => values[i * outputs]);
  const told = real.map((_, i) => {
    let sum = nobody[0];
    for (let player = 0; player < players.length; player++)
      if (members[i * all.length + player] === 1) sum += contributions[player];
    return sum;
  });
  const centre = mean(real);
  const varies = real.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const missed = real.reduce((sum, value, i) => sum + (value - told[i]) ** 2, 0);
  return varies > 1e-20 ? 1 - missed / varies : null;
}
