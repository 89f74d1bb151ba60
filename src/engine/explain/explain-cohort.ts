import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import { UserError } from '../../shared/faults.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { Result } from '../../shared/results/result.ts';
import { takeDataset } from '../data/dataset.ts';
import type { Predictor } from '../models/predictor.ts';
import type { ExplainData, Explainer, ExplainOptions } from './explainer.ts';

/** Rows of a cohort that a technique about the whole model needs where it says nothing else. */
const usualFewest = 10;

/** Code of the UserError of a cohort that is too small for one technique, though not for all. */
export const tooFewRows = 'cohort-small';

/** So many rows are named. */
const mostNamed = 10;

interface Call<O extends ExplainOptions> {
  readonly data: ExplainData;
  readonly options: O;
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
  readonly enough?: () => boolean;
}

/**
 * Explains a model over some rows of the part only: as if the part held no others, but that positions in the result are positions in the
 * whole part. A technique about one row is not concerned.
 * @param cohort positions of its rows in the part, ascending, not none; null: all rows
 * Throws a UserError where they are too few for the technique.
 */
export async function explainCohort<O extends ExplainOptions, R extends Result>(
  explainer: Explainer<O, R>,
  predictor: Predictor,
  cohort: { readonly conditions: readonly CohortCondition[]; readonly rows: Uint32Array } | null,
  { data, options, progress, signal, enough }: Call<O>,
): Promise<R> {
  if (cohort === null || explainer.scope === 'one row')
    return explainer.explain(predictor, data, options, progress, signal, enough);
  const { conditions, rows } = cohort;
  const words = cohortWords(conditions);
  const fewest = explainer.fewestRows ?? usualFewest;
  if (rows.length < fewest) throw tooFew(explainer, words, rows);
  const evaluation = takeDataset(data.evaluation, rows);
  const result = await explainer.explain(predictor, { ...data, evaluation }, options, progress, signal, enough);
  const of = data.evaluation.features.rowCount;
  return { ...(explainer.inPart?.(result, rows) ?? result), cohort: { conditions, words, rows: rows.length, of } };
}

function tooFew(
  { kind, fewestRows = usualFewest }: Pick<Explainer<ExplainOptions, Result>, 'kind' | 'fewestRows'>,
  words: string,
  rows: Uint32Array,
) {
  const named = Array.from(rows.subarray(0, mostNamed)).join(', ');
  const which = `${rows.length === 1 ? 'It is row' : 'They are rows'} ${named}${rows.length > mostNamed ? ' and others' : ''}`;
  return new UserError(
    tooFewRows,
    `${kind} needs at least ${countWords(fewestRows, 'row')}, and the cohort "${words}" has ${rows.length}.`,
    { advice: `Widen the cohort, or have its rows explained one by one. ${which}.` },
  );
}
