import type { DifferingRow, PairedContribution } from '../../../shared/results/model-comparison.ts';
import { takeTarget } from '../../data/dataset.ts';
import { record, type Table, takeRows } from '../../data/table.ts';
import { mostProbable } from '../../metrics/classification.ts';
import type { Prediction } from '../../models/predictor.ts';
import type { Random } from '../../random.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import { sampleRows } from '../sample-rows.ts';
import { kernelValues } from '../shapley/kernel-values.ts';
import type { Hearing } from '../shapley/row-effects.ts';
import type { Compared } from './disagreement.ts';

type Heard = Pick<Hearing, 'enough' | 'progress'>;

interface Counted {
  readonly first: CountedPredictor;
  readonly second: CountedPredictor;
}

/** Coalitions a row, background rows behind each, and columns that are told apart. */
const [samples, backgroundRows, mostColumns] = [512, 40, 30];

/** The rows on which predictions are the furthest apart, and why for the first few, as time allows. */
export async function differingRows(
  compared: Compared,
  counted: Counted,
  train: Table,
  { told, explained }: { readonly told: number; readonly explained: number },
  random: Random,
  { enough, progress }: Heard,
): Promise<{ rows: DifferingRow[]; isCut: boolean }> {
  const { distances } = compared;
  const order = [...distances.keys()]
    .filter((row) => distances[row] > 0)
    .sort((a, b) => distances[b] - distances[a] || a - b)
    .slice(0, told);
  const background = takeRows(train, sampleRows(train.rowCount, backgroundRows, random.fork('background')));
  const rows: DifferingRow[] = [];
  let isCut = false;
  for (const [i, row] of order.entries()) {
    const isAsked = i < explained && background.rowCount > 0;
    const why = isAsked
      ? await whyOf(compared, counted, row, background, random.fork(`row ${i}`), {
          enough,
          progress: (share) => progress((i + share) / Math.min(explained, order.length)),
        })
      : undefined;
    isCut ||= isAsked && why === undefined;
    rows.push({ ...toldRow(compared, row), ...(why && { why }) });
  }
  return { rows, isCut };
}

function toldRow({ sample, places, both, distances, classes }: Compared, row: number): DifferingRow {
  const target = takeTarget(sample.target, [row]);
  return {
    rowIndex: places[row],
    row: record(sample.features, row),
    truth: target.kind === 'classes' ? target.classes[target.codes[0]] : target.values[0],
    first: said(both.first, row, classes),
    second: said(both.second, row, classes),
    distance: distances[row],
  };
}

function said(prediction: Prediction, row: number, classes: readonly string[] | undefined) {
  if (prediction.kind === 'values' || !classes) return { says: prediction.values[row] };
  const own = prediction.values.subarray(row * prediction.classCount, (row + 1) * prediction.classCount);
  const [best] = mostProbable(own, prediction.classCount);
  return { says: classes[best], probability: own[best] };
}

/** The class whose probability differs the most; of values the value. */
function mostDifferent({ both: { first, second } }: Compared, row: number, width: number): number {
  const gap = (k: number) => Math.abs(first.values[row * width + k] - second.values[row * width + k]);
  return Array.from({ length: width }, (_, k) => k).reduce((most, k) => (gap(k) > gap(most) ? k : most), 0);
}

/** Shapley values are linear in the prediction: over the same coalitions, those of the difference are the difference of both. */
async function whyOf(
  compared: Compared,
  counted: Counted,
  row: number,
  background: Table,
  random: Random,
  { enough, progress }: Heard,
): Promise<DifferingRow['why']> {
  const { sample, both, classes } = compared;
  const width = both.first.kind === 'probabilities' ? both.first.classCount : 1;
  const own = (prediction: Prediction) => prediction.values.subarray(row * width, (row + 1) * width);
  const all = Float64Array.from([...own(both.first), ...own(both.second)]);
  const settings = { samples, columns: mostColumns };
  const asked = takeRows(sample.features, [row]);
  const found = await kernelValues(together(counted), asked, background, all, settings, random, enough, progress);
  if (found.asked < found.planned || !found.nobody) return undefined;
  const output = mostDifferent(compared, row, width);
  const [first, second] = [found.estimates[output], found.estimates[width + output]];
  const cells = record(sample.features, row);
  const contributions = found.players.map((player, i): PairedContribution => {
    const columns = player.map((column) => background.columns[column].name);
    return {
      columns,
      value: columns.length === 1 ? cells[columns[0]] : null,
      first: first.values[i] + 0,
      second: second.values[i] + 0,
    };
  });
  const gap = (one: PairedContribution) => Math.abs(one.first - one.second);
  return {
    unit: classes ? `probability of ${classes[output]}` : sample.info.target,
    base: { first: found.nobody[output], second: found.nobody[width + output] },
    explained: { first: all[output], second: all[width + output] },
    contributions: contributions.sort((a, b) => gap(b) - gap(a)),
  };
}

/** Both models as one that says what each says: [rows x (outputs of the first, outputs of the second)]. */
const together = ({ first, second }: Counted): CountedPredictor => ({
  task: first.task,
  classes: first.classes,
  cost: () => first.cost(),
  async predict(rows) {
    const [one, two] = [await first.predict(rows), await second.predict(rows)];
    const width = one.values.length / rows.rowCount;
    const values = new Float64Array(rows.rowCount * 2 * width);
    for (let row = 0; row < rows.rowCount; row++) {
      values.set(one.values.subarray(row * width, (row + 1) * width), row * 2 * width);
      values.set(two.values.subarray(row * width, (row + 1) * width), (row * 2 + 1) * width);
    }
    return { kind: 'probabilities', classCount: 2 * width, values };
  },
});
