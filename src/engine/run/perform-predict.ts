import { csvLine } from '../../shared/csv.ts';
import { UserError } from '../../shared/faults.ts';
import { writeAtomically } from '../data/atomic-file.ts';
import { loadRows } from '../data/load-rows.ts';
import { intervalsOf } from '../ensembles/conformal.ts';
import { type CoverageLevel, coverages, type Promises, promisedSets } from '../ensembles/promises.ts';
import { type DecisionRule, decide } from '../ensembles/thresholds.ts';
import { readModelFile } from '../models/bundle.ts';
import { damaged } from '../models/bundle-header.ts';
import type { Prediction } from '../models/predictor.ts';
import type { Answers, PredictJob } from './job.ts';
import { loadModel } from './saved-model.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Predicts the rows of a file and writes them as CSV, one line a row in the file's order: the prediction, then one probability a class,
 * then, where a coverage is asked for, the set of classes or the ends of the interval.
 */
export async function performPredict(
  { modelPath, dataPath, output, coverage }: PredictJob,
  { signal, progress }: Surroundings,
): Promise<Answers['predict']> {
  const bundle = await readModelFile(modelPath);
  const promises = bundle.promises ?? {};
  if (coverage !== null) checkPromised(promises, modelPath);
  const model = await loadModel(bundle, modelPath);
  const { rows, notes } = await loadRows({ path: dataPath }, bundle, signal);
  progress(0.5);
  const prediction = await model.predict(rows);
  if (!prediction.values.every(Number.isFinite)) throw damaged('what it predicts are no numbers', modelPath);
  const columns = [
    ...predictionColumns(prediction, model.classes, promises.decision),
    ...(coverage === null ? [] : promiseColumns(prediction, model.classes, promises, coverage)),
  ];
  const lines = [csvLine(columns.map(({ name }) => name))];
  for (let row = 0; row < rows.rowCount; row++) lines.push(csvLine(columns.map(({ cell }) => cell(row))));
  await writeAtomically(output, (file) => file.writeFile(`${lines.join('\n')}\n`));
  model.dispose?.();
  const decision = promises.decision ? [decisionNote(promises.decision)] : [];
  return { path: output, rows: rows.rowCount, notes: [...notes, ...decision] };
}

interface OutputColumn {
  readonly name: string;
  readonly cell: (row: number) => string | number;
}

function predictionColumns(
  prediction: Prediction,
  classes: readonly string[] | undefined,
  rule: DecisionRule | undefined,
): OutputColumn[] {
  const { values } = prediction;
  if (!classes) return [{ name: 'prediction', cell: (row) => values[row] }];
  const labels = decide(rule ?? { weights: classes.map(() => 1 / classes.length) }, values);
  const probabilities = classes.map(
    (name, k): OutputColumn => ({
      name: `probability_${name}`,
      cell: (row) => values[row * classes.length + k],
    }),
  );
  return [{ name: 'prediction', cell: (row) => classes[labels[row]] }, ...probabilities];
}

function promiseColumns(
  { values }: Prediction,
  classes: readonly string[] | undefined,
  { sets, intervals }: Promises,
  coverage: CoverageLevel,
): OutputColumn[] {
  const at = coverages.indexOf(coverage);
  const suffix = Math.round(100 * coverage);
  if (classes && sets) {
    const { member, classCount } = promisedSets(sets[at], values, classes.length);
    const of = (row: number) => classes.filter((_, k) => member[row * classCount + k] === 1);
    return [{ name: `set_${suffix}`, cell: (row) => of(row).join('|') }];
  }
  if (!intervals) return [];
  const { low, high } = intervalsOf(intervals[at], values);
  return [
    { name: `low_${suffix}`, cell: (row) => low[row] },
    { name: `high_${suffix}`, cell: (row) => high[row] },
  ];
}

function checkPromised({ sets, intervals }: Promises, file: string): void {
  if (sets || intervals) return;
  throw new UserError('no-promises', 'this model has no sets or intervals to promise a coverage by.', {
    place: { file },
    advice: 'Predict with a final model: --trial ensemble, best or readable.',
  });
}

const decisionNote = ({ metric }: { metric: string }) =>
  `Labels are decided for the best ${metric}, not by the most probable class; the probabilities are as the model gives them.`;
