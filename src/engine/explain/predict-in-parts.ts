import { type Table, takeRows } from '../data/table.ts';
import type { Prediction } from '../models/predictor.ts';
import type { CountedPredictor } from './counted-predictor.ts';

/** Parts of a table, each of at least so many rows. */
const [mostParts, fewestRows] = [10, 20];

/** Predicts a table part by part, so that an abort arrives between them and progress is heard. */
export async function predictInParts(
  predictor: CountedPredictor,
  table: Table,
  progress: (share: number) => void,
): Promise<Prediction> {
  const { rowCount } = table;
  const size = Math.max(fewestRows, Math.ceil(rowCount / mostParts));
  const answers: Prediction[] = [];
  for (let start = 0; start < rowCount; start += size) {
    progress(start / rowCount);
    const length = Math.min(size, rowCount - start);
    answers.push(
      await predictor.predict(
        takeRows(
          table,
          Uint32Array.from({ length }, (_, i) => start + i),
        ),
      ),
    );
  }
  const width = answers[0]?.kind === 'probabilities' ? answers[0].classCount : 1;
  const values = new Float64Array(rowCount * width);
  answers.reduce((offset, answer) => {
    values.set(answer.values, offset);
    return offset + answer.values.length;
  }, 0);
  return { ...answers[0], values };
}
