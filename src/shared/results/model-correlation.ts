import { countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** A trial whose predictions out of fold are there. */
export interface CorrelatedModel {
  readonly trial: number;
  readonly learner: string;
  /** Its weight in the ensemble; absent where it is no member. */
  readonly weight?: number;
}

/** How alike the errors of all models are: of the differences between the truth and what each predicted out of fold. */
export interface ModelCorrelation extends Result<'model-correlation'> {
  /** In an order that has those next to each other that are alike. */
  readonly models: readonly CorrelatedModel[];
  /** [models x models] Pearson's correlation of the errors, 1 on the diagonal. */
  readonly matrix: readonly (readonly number[])[];
  readonly rows: number;
  readonly rowsAvailable: number;
  /** Complete trials whose predictions are not kept any more, or that come after the best so many. */
  readonly further: number;
  /** Groups of models that err alike, as positions in `models`, the largest first; those that err alone are none. */
  readonly families: readonly (readonly number[])[];
  /** From this mean correlation on models are of one family. */
  readonly familyThreshold: number;
  /** Mean correlation of two models of one learner, and of two learners; null where there are no two. */
  readonly sameLearner: number | null;
  readonly otherLearner: number | null;
}

export const correlatedName = ({ learner, trial }: CorrelatedModel): string => `${learner} (trial ${trial})`;

/** The two that are the least alike; undefined of a single model. */
export function leastAlike({ models, matrix }: ModelCorrelation): readonly [number, number] | undefined {
  let least: readonly [number, number] | undefined;
  for (let i = 1; i < models.length; i++)
    for (let j = 0; j < i; j++) if (!least || matrix[i][j] < matrix[least[0]][least[1]]) least = [j, i];
  return least;
}

/** 'Two models of one learner are correlated by 0.93 on average, of two learners by 0.37.'; undefined where there are not both. */
export const byLearnerWords = ({ sameLearner, otherLearner }: ModelCorrelation): string | undefined =>
  sameLearner === null || otherLearner === null
    ? undefined
    : `Two models of one learner are correlated by ${numberWords(sameLearner, 2)} on average, of two learners by ${numberWords(otherLearner, 2)}.`;

const toldFamilies = 3;
const toldMembers = 4;

export function modelCorrelationWords(result: ModelCorrelation): string {
  const { models, matrix, rows, further, families, familyThreshold, quality } = result;
  const least = leastAlike(result);
  if (!least) return 'There are no two models to compare.';
  const named = (positions: readonly number[]) => {
    const names = positions.slice(0, toldMembers).map((i) => correlatedName(models[i]));
    const rest = positions.length - names.length;
    return listWords(rest > 0 ? [...names, `${numberWords(rest)} more`] : names);
  };
  const alone = models.length - families.reduce((sum, family) => sum + family.length, 0);
  return linesWords([
    `Errors of ${countWords(models.length, 'model')} on ${countWords(rows, 'row')} that each was not fitted on.`,
    byLearnerWords(result) ?? false,
    ...families
      .slice(0, toldFamilies)
      .map(
        (family) =>
          `${countWords(family.length, 'model')} err alike (${numberWords(familyThreshold, 2)} or more on average): ${named(family)}.`,
      ),
    alone > 0 &&
      families.length > 0 &&
      `${countWords(alone, 'model')} ${alone === 1 ? 'errs' : 'err'} in ${alone === 1 ? 'its' : 'their'} own way.`,
    `The least alike are ${correlatedName(models[least[0]])} and ${correlatedName(models[least[1]])}: ${numberWords(matrix[least[0]][least[1]], 2)}. What errs differently is worth combining.`,
    further > 0 &&
      `${countWords(further, 'further model')} ${further === 1 ? 'is' : 'are'} not among them: only the best are kept.`,
    quality.words,
  ]);
}

/** '44 % of the ensemble' */
export const weightWords = ({ weight }: CorrelatedModel): string =>
  weight === undefined ? '' : `${percentWords(weight, 0)} of the ensemble`;
