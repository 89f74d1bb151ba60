import type { ToldCohort } from '../cohort/cohort.ts';
import type { Explanation, ExplanationKind } from './explanation.ts';
import { countWords, numberWords } from './numbers.ts';

/** Those that look at all rows of the part, or at one row. */
export const ofAllRows = (explanations: readonly Explanation[]): readonly Explanation[] =>
  explanations.filter(({ cohort }) => cohort === undefined);

/** What stands for a model where there is room for one of a kind: of all rows, with the usual options if it was made so. */
export const usualOf = <K extends ExplanationKind>(
  explanations: readonly Explanation[],
  kind: K,
): Extract<Explanation, { kind: K }> | undefined =>
  ofAllRows(explanations).find((one): one is Extract<Explanation, { kind: K }> => one.kind === kind);

/** Those of some rows only, by the rows. */
export const byCohort = (
  explanations: readonly Explanation[],
): readonly { readonly cohort: ToldCohort; readonly explanations: readonly Explanation[] }[] =>
  [...Map.groupBy(explanations, ({ cohort }) => cohort?.words)].flatMap(([, own]) =>
    own[0].cohort ? [{ cohort: own[0].cohort, explanations: own }] : [],
  );

/** 'Rows where age above 45: 120 of 400 rows' */
export const cohortTitle = ({ words, rows, of }: ToldCohort): string =>
  `Rows where ${words}: ${numberWords(rows)} of ${countWords(of, 'row')}`;
