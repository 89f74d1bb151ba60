import { csvLine } from '../../shared/csv.ts';
import { writeAtomically } from '../data/atomic-file.ts';
import { loadRows } from '../data/load-rows.ts';
import { readBundle } from '../models/bundle.ts';
import type { Prediction } from '../models/predictor.ts';
import type { Answers, PredictJob } from './job.ts';
import { loadModel } from './saved-model.ts';
import type { Surroundings } from './surroundings.ts';

/** Predicts the rows of a file and writes them as CSV, one line a row in the file's order. */
export async function performPredict(
  { modelFolder, dataPath, output }: PredictJob,
  { signal, progress }: Surroundings,
): Promise<Answers['predict']> {
  const bundle = await readBundle(modelFolder);
  const model = await loadModel(bundle);
  const rows = await loadRows({ path: dataPath }, bundle.columns, signal);
  progress(0.5);
  const prediction = await model.predict(rows);
  const lines = [header(model.classes), ...predictionLines(prediction, model.classes, rows.rowCount)];
  await writeAtomically(output, (file) => file.writeFile(`${lines.join('\n')}\n`));
  model.dispose?.();
  return { path: output, rows: rows.rowCount };
}

const header = (classes: readonly string[] | undefined) =>
  csvLine(['prediction', ...(classes ?? []).map((name) => `probability_${name}`)]);

function* predictionLines(
  prediction: Prediction,
  classes: readonly string[] | undefined,
  rowCount: number,
): Generator<string> {
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  for (let row = 0; row < rowCount; row++) {
    const own = Array.from(prediction.values.subarray(row * width, (row + 1) * width));
    yield classes ? csvLine([classes[own.indexOf(Math.max(...own))], ...own]) : csvLine(own);
  }
}
