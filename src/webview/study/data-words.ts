import type { DatasetInfo } from '../../shared/dataset.ts';
import { numberWords } from '../../shared/results/numbers.ts';

/** '344 rows x 7 columns of penguins.csv; predicts species, 3 classes.' */
export function dataWords({ rowCount, columns, path, target, task, classes }: DatasetInfo): string {
  const features = columns.filter(({ role }) => role === 'feature').length;
  const aim = task === 'regression' ? 'a number' : `${numberWords(classes?.length ?? 2)} classes`;
  return `${numberWords(rowCount)} rows × ${numberWords(features)} feature columns of ${path}; predicts ${target}, ${aim}.`;
}
