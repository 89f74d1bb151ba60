import { cellWords, numberWords } from '../../shared/results/numbers.ts';
import type { TrialRecord } from '../../shared/trial.ts';
import { scoreWords } from '../components/amounts.ts';
import type { TableContent } from '../components/table-content.ts';
import { metricInfo, valueWords } from '../study/objective.ts';

/** The learner's own ones, without its name before each. */
export function paramsTable({ params, learner }: Pick<TrialRecord, 'params' | 'learner'>): TableContent {
  const own = Object.entries(params).filter(([name, value]) => name !== 'learner' || value !== learner);
  const short = (name: string) => (name.startsWith(`${learner}.`) ? name.slice(learner.length + 1) : name);
  return {
    caption: `Hyperparameters of ${learner}`,
    columns: [{ title: 'Hyperparameter' }, { title: 'Value', numeric: true }],
    rows: own.map(([name, value]) => [short(name), cellWords(typeof value === 'boolean' ? String(value) : value)]),
  };
}

/** What another program wrote down of a trial beyond its configuration; what it did not is left out. */
export function writtenTables({
  intermediate,
  constraints = [],
  fidelity,
  attributes,
}: Pick<TrialRecord, 'intermediate' | 'constraints' | 'fidelity' | 'attributes'>): readonly TableContent[] {
  const facts = [...(fidelity === undefined ? [] : [['budget', fidelity] as const]), ...Object.entries(attributes)];
  const tables: readonly TableContent[] = [
    {
      caption: 'Intermediate values',
      columns: [
        { title: 'Step', numeric: true },
        { title: 'Value', numeric: true },
      ],
      rows: intermediate.map(({ step, value }) => [String(step), scoreWords(value)]),
    },
    {
      caption: 'Constraints',
      columns: [{ title: 'Constraint' }, { title: 'Value', numeric: true }, { title: 'Kept' }],
      rows: constraints.map((value, i) => [`${i + 1} <= 0`, numberWords(value), value <= 0 ? 'yes' : 'no']),
    },
    {
      caption: 'Written down with it',
      columns: [{ title: 'Name' }, { title: 'Value' }],
      rows: facts.map(([name, value]) => [name, cellWords(typeof value === 'boolean' ? String(value) : value)]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sample standard deviation. */
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
};

/** One row a metric, one column a fold, then mean and standard deviation. */
export function foldsTable(foldMetrics: TrialRecord['foldMetrics'], names: readonly string[]): TableContent {
  const several = foldMetrics.length > 1;
  const title = (text: string) => ({ title: text, numeric: true });
  const over = (name: string) => {
    const values = foldMetrics.map((fold) => fold[name]).filter((value) => value !== undefined);
    return [mean, deviation].map((of) => valueWords(name, values.length > 1 ? of(values) : undefined));
  };
  return {
    caption: 'Scores by fold',
    columns: [
      { title: 'Metric' },
      ...foldMetrics.map((_, index) => title(several ? `Fold ${index + 1}` : 'Validation')),
      ...(several ? [title('Mean'), title('Deviation')] : []),
    ],
    rows: names.map((name) => [
      { text: metricInfo(name).title, title: metricInfo(name).words },
      ...foldMetrics.map((fold) => valueWords(name, fold[name])),
      ...(several ? over(name) : []),
    ]),
  };
}
