import { cohortTitle } from '../../../shared/results/cohort-results.ts';
import { type Explanation, rowOf, type Technique } from '../../../shared/results/explanation.ts';
import { numberWords, secondsWords } from '../../../shared/results/numbers.ts';
import { resultWords } from '../../../shared/results/words.ts';
import { explanationTables, optionsCode } from './explanation-tables.ts';
import { blocks, code, inMarkdown, list, paragraphs } from './markdown.ts';

/** One technique's page: what it asks, what came out of it for each row or set of options, and how far each figure goes. */
export function explanationPage(
  technique: Pick<Technique, 'title' | 'question'>,
  made: readonly Explanation[],
): string {
  const several = made.length > 1;
  return blocks(
    `# ${inMarkdown(technique.title)}`,
    `*${sentence(technique.question)}?* ([all pages](../README.md))`,
    ...made.map((one) => blocks(headingOf(one, several), resultBlocks(one))),
  );
}

function headingOf(one: Explanation, several: boolean): string | undefined {
  const row = rowOf(one);
  if (one.cohort) return `## ${inMarkdown(cohortTitle(one.cohort))}`;
  if (row !== undefined) return `## Row ${row} of the rows that the model was not fitted on`;
  return several ? `## With ${optionsCode(one)}` : undefined;
}

const resultBlocks = (one: Explanation): string =>
  blocks(paragraphs(resultWords(one)), ...explanationTables(one), '### Limits of these figures', list(limitsOf(one)));

/** How far the figures of an explanation go: the sample, the part, the fold, what was measured of them, and how to make them again. */
export function limitsOf(one: Explanation): readonly string[] {
  const { quality, partial, seed, dataHash, cost } = one;
  return [
    ...(partial === undefined ? [] : [`Partial: ${inMarkdown(partial)}`]),
    `How far it can be trusted (${inMarkdown(quality.measure)}): ${inMarkdown(quality.words)}`,
    sampleWords(one),
    ...(one.cohort ? [`Of some rows only: ${inMarkdown(one.cohort.words)}.`] : []),
    'It looks at the model of the first fold, by rows of its validation part, which that model was not fitted on; the model that predicts was fitted on all development rows, or is the mean of the folds.',
    `Made with options ${optionsCode(one)}, seed ${seed}, of data ${code(dataHash)}, in ${secondsWords(cost.seconds)} with ${numberWords(cost.predictions)} predictions.`,
  ];
}

/** 'On 200 of 1,000 rows of the validation part.' */
function sampleWords(one: Explanation): string {
  if (rowOf(one) !== undefined) return 'It is about one row: another row may have other reasons.';
  if ('rows' in one && 'rowsAvailable' in one && 'part' in one) {
    const { rows, rowsAvailable, part } = one;
    return `On ${numberWords(rows)} of ${numberWords(rowsAvailable)} rows of the ${part} part; intervals are 95 % over such rows and say nothing of rows of another kind.`;
  }
  return 'It is read off the model itself; rows it was fitted on decide what it says.';
}

const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
