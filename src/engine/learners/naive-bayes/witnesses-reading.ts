import type { WitnessCell, WitnessColumn, WitnessesReading } from '../../models/readable.ts';
import type { NaiveBayesState } from '../naive-bayes.ts';
import { bound, type ColumnModel } from './columns.ts';

/** What each column says of each class, in its own unit. */
export const witnessesReading = ({ logPriors, power, columns }: NaiveBayesState): WitnessesReading => ({
  kind: 'witnesses',
  priors: logPriors.map(Math.exp),
  power,
  columns: columns.map((column) => witnessOf(column, logPriors.length)),
});

function witnessOf(column: ColumnModel, classes: number): WitnessColumn {
  const { name } = column;
  if (column.kind === 'gaussian') {
    const { center, scale, means, variances } = column;
    return {
      kind: 'normal',
      column: name,
      means: means.map((mean) => center + scale * mean),
      deviations: variances.map((variance) => scale * Math.sqrt(variance)),
      low: center - bound * scale,
      high: center + bound * scale,
    };
  }
  const { logProbabilities } = column;
  const sharesOf = (place: number) => logProbabilities.slice(place * classes, (place + 1) * classes).map(Math.exp);
  const cells =
    column.kind === 'categorical'
      ? column.levels.map((level, i): WitnessCell => ({ level, shares: sharesOf(i) }))
      : [...column.edges, null].map(
          (below, i): WitnessCell => ({ from: i === 0 ? null : column.edges[i - 1], below, shares: sharesOf(i) }),
        );
  return { kind: 'shares', column: name, cells };
}
