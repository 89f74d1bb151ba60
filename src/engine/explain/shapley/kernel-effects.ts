import { numberWords } from '../../../shared/results/numbers.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import { mean } from '../../statistics/mean.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainData } from '../explainer.ts';
import { sampleRows } from '../sample-rows.ts';
import { type KernelSettings, kernelValues } from './kernel-values.ts';
import type { Hearing, RowEffects } from './row-effects.ts';

/** Standard errors on either side of a 95 % interval. */
const normal95 = 1.96;

/** KernelSHAP of these rows, of the second of two classes or of all of several. */
export async function kernelEffects(
  counted: CountedPredictor,
  { train, evaluation }: ExplainData,
  rows: Table,
  settings: KernelSettings & { readonly background: number },
  random: Random,
  { enough, progress }: Hearing,
): Promise<RowEffects> {
  const picked = sampleRows(train.features.rowCount, settings.background, random.fork('background'));
  const background = takeRows(train.features, picked);
  const { values: all } = await counted.predict(rows);
  const width = all.length / rows.rowCount;
  const outputs = width === 2 ? [1] : Array.from({ length: width }, (_, k) => k);
  const columns = background.columns.map(({ name }) => name);
  const effects = outputs.map(() => new Float64Array(rows.rowCount * columns.length));
  const together: { columns: number; size: number }[] = [];
  const errors: number[] = [];
  let done = 0;
  for (; done < rows.rowCount; done++) {
    const found = await kernelValues(
      counted,
      takeRows(rows, [done]),
      background,
      all.subarray(done * width, (done + 1) * width),
      settings,
      random.fork(`coalitions ${done}`),
      enough,
      (share) => progress((done + share) / rows.rowCount),
    );
    if (found.asked < found.planned) break;
    for (const [k, output] of outputs.entries()) {
      const { values, errors: own } = found.estimates[output];
      for (const [i, player] of found.players.entries()) {
        if (player.length === 1) effects[k][done * columns.length + player[0]] = values[i] + 0;
        else together.push({ columns: player.length, size: Math.abs(values[i]) });
        if (own) errors.push(normal95 * own[i]);
      }
    }
  }
  const classes = counted.classes ? outputs.map((output) => counted.classes![output]) : [];
  const { target } = evaluation.info;
  return {
    columns,
    rows: done,
    effects,
    classes,
    unit:
      classes.length > 1 ? 'probability of each class' : classes.length === 1 ? `probability of ${classes[0]}` : target,
    words: errors.some((error) => error > 0)
      ? `The values of a row are known to ± ${numberWords(mean(errors), 2)} on average (95 %).`
      : 'The values of a row are exact for these background rows.',
    background: { rows: picked.length, available: train.features.rowCount },
    ...(together.length > 0 && {
      together: {
        columns: Math.max(...together.map((one) => one.columns)),
        importance: together.reduce((sum, { size }) => sum + size, 0) / Math.max(1, done),
      },
    }),
  };
}
