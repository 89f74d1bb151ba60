import { csvLine } from '../../shared/csv.ts';
import { UserError } from '../../shared/faults.ts';
import { lawWords } from '../../shared/results/fairness.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { writeAtomically } from '../data/atomic-file.ts';
import { loadRows } from '../data/load-rows.ts';
import type { Column } from '../data/table.ts';
import type { OutputColumn, Promised } from '../ensembles/promise-kind.ts';
import { type Promises, promisedBy } from '../ensembles/promises.ts';
import { decide } from '../ensembles/thresholds.ts';
import {
  columnOfGroups,
  decideByGroup,
  type GroupDecision,
  probabilityOfSecond,
  rowsWithoutGroup,
} from '../fairness/group-decision.ts';
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
  const promised = coverage === null ? undefined : promisedIn(promises, modelPath);
  const model = await loadModel(bundle, modelPath);
  const { byGroup } = promises;
  const needed = byGroup && columnOfGroups(byGroup);
  const { rows, groups, notes } = await loadRows({ path: dataPath }, bundle, signal, needed);
  progress(0.5);
  const prediction = await model.predict(rows);
  if (!prediction.values.every(Number.isFinite)) throw damaged('what it predicts are no numbers', modelPath);
  const columns: OutputColumn[] = [
    ...predictionColumns(prediction, model.classes, labelsOf(promises, prediction, model.classes, groups)),
    ...(promised && coverage !== null
      ? promised.columns({ features: rows, prediction }, coverage, model.classes ?? [])
      : []),
  ];
  const lines = [csvLine(columns.map(({ name }) => name))];
  for (let row = 0; row < rows.rowCount; row++) lines.push(csvLine(columns.map(({ cell }) => cell(row))));
  await writeAtomically(output, (file) => file.writeFile(`${lines.join('\n')}\n`));
  model.dispose?.();
  const decision = promises.decision && !byGroup ? [decisionNote(promises.decision)] : [];
  const fair = byGroup && groups ? groupNotes(byGroup, groups) : [];
  return { path: output, rows: rows.rowCount, notes: [...notes, ...decision, ...fair] };
}

/** [rows] the classes that are decided for. */
function labelsOf(
  { decision, byGroup }: Promises,
  { values }: Prediction,
  classes: readonly string[] | undefined,
  groups: Column | undefined,
): Int32Array {
  if (!classes) return new Int32Array(0);
  if (byGroup && groups) return decideByGroup(byGroup, probabilityOfSecond(values), groups);
  return decide(decision ?? { weights: classes.map(() => 1 / classes.length) }, values);
}

function predictionColumns(
  prediction: Prediction,
  classes: readonly string[] | undefined,
  labels: Int32Array,
): OutputColumn[] {
  const { values } = prediction;
  if (!classes) return [{ name: 'prediction', cell: (row) => values[row] }];
  const probabilities = classes.map(
    (name, k): OutputColumn => ({
      name: `probability_${name}`,
      cell: (row) => values[row * classes.length + k],
    }),
  );
  return [{ name: 'prediction', cell: (row) => classes[labels[row]] }, ...probabilities];
}

/** Throws a UserError where the model promises nothing. */
function promisedIn(promises: Promises, file: string): Promised {
  const promised = promisedBy(promises);
  if (promised) return promised;
  throw new UserError('no-promises', 'this model has no sets or intervals to promise a coverage by.', {
    place: { file },
    advice: 'Predict with a final model: --trial ensemble, best or readable.',
  });
}

function groupNotes(byGroup: GroupDecision, groups: Column): string[] {
  const strange = rowsWithoutGroup(byGroup, groups);
  return [
    `Labels are decided by a threshold for each group of "${byGroup.column}", not by the most probable class; the probabilities are as the model gives them. ${lawWords}`,
    ...(strange > 0
      ? [
          `${countWords(strange, 'row')} of no group that the training data had ${strange === 1 ? 'is' : 'are'} decided by the threshold ${byGroup.other}.`,
        ]
      : []),
  ];
}

const decisionNote = ({ metric }: { metric: string }) =>
  `Labels are decided for the best ${metric}, not by the most probable class; the probabilities are as the model gives them.`;
