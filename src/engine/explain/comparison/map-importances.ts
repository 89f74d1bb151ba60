import type { Candidate } from '../../../shared/candidate.ts';
import type { ImportanceMap, MappedModel } from '../../../shared/results/importance-map.ts';
import type { PermutationImportance } from '../../../shared/results/permutation-importance.ts';
import { mean } from '../../statistics/mean.ts';
import { correlation, ranks } from '../../statistics/rank-correlation.ts';

/** A model with its permutation importance, all of the same rows. */
export interface ExplainedCandidate {
  readonly candidate: Candidate;
  readonly learner: string;
  readonly importance: PermutationImportance;
}

/** So many columns are told. */
const mostColumns = 30;

/** Columns by models: what shuffling each column does to each model, as a share of what it does over all columns. */
export function mapImportances(
  models: readonly ExplainedCandidate[],
  missing: ImportanceMap['missing'],
  { seed, dataHash, metric }: Pick<ImportanceMap, 'seed' | 'dataHash' | 'metric'>,
): ImportanceMap {
  const all = [...new Set(models.flatMap(({ importance }) => importance.columns.map(({ columns }) => columns[0])))];
  const growths = models.map(({ importance }) => {
    const of = new Map(importance.columns.map(({ columns, importance: growth }) => [columns[0], growth]));
    return all.map((column) => of.get(column) ?? 0);
  });
  const shares = growths.map((own) => {
    const total = own.reduce((sum, growth) => sum + Math.max(0, growth), 0);
    return own.map((growth) => (total > 0 ? Math.max(0, growth) / total : 0));
  });
  const order = [...all.keys()].sort((a, b) => together(shares, b) - together(shares, a) || a - b);
  const told = order.slice(0, mostColumns);
  const agreement = agreementOf(growths);
  return {
    kind: 'importance-map',
    version: 1,
    question: 'which columns matter',
    options: {},
    seed,
    dataHash,
    cost: {
      seconds: models.reduce((sum, { importance }) => sum + importance.cost.seconds, 0),
      predictions: models.reduce((sum, { importance }) => sum + importance.cost.predictions, 0),
    },
    quality: {
      measure: 'rank correlation of the importances of two models',
      value: agreement,
      words:
        agreement === null
          ? 'Of fewer than two models or columns nothing is said of agreement.'
          : 'Correlated columns stand in for each other: a column that one model uses another may not need.',
    },
    metric,
    columns: told.map((column) => all[column]),
    further: all.length - told.length,
    models: models.map(
      ({ candidate, learner }, m): MappedModel => ({
        candidate,
        learner,
        importances: told.map((column) => growths[m][column]),
        shares: told.map((column) => shares[m][column]),
      }),
    ),
    missing,
    agreement,
  };
}

const together = (shares: readonly (readonly number[])[], column: number): number =>
  shares.reduce((sum, own) => sum + own[column], 0);

function agreementOf(growths: readonly (readonly number[])[]): number | null {
  if (growths.length < 2 || growths[0].length < 2) return null;
  const ranked = growths.map(ranks);
  const pairs = ranked.flatMap((own, i) => ranked.slice(0, i).map((other) => correlation(own, other)));
  return mean(pairs);
}
