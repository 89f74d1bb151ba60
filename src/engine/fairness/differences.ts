import type { DifferenceName } from '../../shared/results/fairness.ts';
import type { JudgedRows, Measures } from './group-measures.ts';

interface Difference {
  readonly name: DifferenceName;
  /** NaN where fewer than two groups have the measure. */
  of(groups: readonly Measures[]): number;
  /** Among whom groups are exchanged to see what chance does: error rates depend on how many of a group have the class. */
  readonly exchanged?: 'all rows' | 'rows of one class';
}

const spread = (name: string) => (groups: readonly Measures[]) => {
  const known = groups.map((one) => one[name]).filter((value) => !Number.isNaN(value));
  return known.length < 2 ? Number.NaN : Math.max(...known) - Math.min(...known);
};

function ratio(groups: readonly Measures[]): number {
  const shares = groups.map(({ selection }) => selection);
  return shares.length < 2 ? Number.NaN : Math.min(...shares) / Math.max(...shares);
}

/** As fairlearn has them, between the group that has most and the one that has least. */
const ofLabels: readonly Difference[] = [
  { name: 'demographic parity difference', of: spread('selection'), exchanged: 'all rows' },
  { name: 'demographic parity ratio', of: ratio },
  { name: 'equal opportunity difference', of: spread('truePositive'), exchanged: 'rows of one class' },
  {
    name: 'equalised odds difference',
    of: (groups) => Math.max(spread('truePositive')(groups), spread('falsePositive')(groups)),
    exchanged: 'rows of one class',
  },
  { name: 'accuracy difference', of: spread('accuracy'), exchanged: 'all rows' },
];

const ofValues: readonly Difference[] = [
  { name: 'mean prediction difference', of: spread('prediction'), exchanged: 'all rows' },
  { name: 'mean error difference', of: spread('mean'), exchanged: 'all rows' },
  { name: 'absolute error difference', of: spread('absolute'), exchanged: 'all rows' },
];

export const differencesFor = ({ kind }: JudgedRows): readonly Difference[] =>
  kind === 'labels' ? ofLabels : ofValues;
