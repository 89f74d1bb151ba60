import { nearest } from '../../shared/nearest.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Given, type Rule, replacement } from '../rule.ts';
import { shown } from '../scalar.ts';
import type { Path } from '../source.ts';
import { textAt } from '../texts.ts';

const testPath: Path = ['data', 'split', 'test'];
const holdoutPath: Path = ['data', 'split', 'validation', 'holdout'];
const foldsPath: Path = ['data', 'split', 'validation', 'folds'];

/** '20%' is read as the name of a file; so is 'None'. */
function* notShare({ source }: Given): Generator<Diagnostic> {
  const text = textAt(source, testPath)?.text;
  if (text === undefined || text === 'none') return;
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  const share = percent === undefined ? undefined : Number(percent) / 100;
  const range = source.valueRange(testPath);
  if (share !== undefined) {
    const fix = share > 0 && share < 1 ? replacement(range, String(share)) : undefined;
    yield diagnostic(
      'split-size',
      range,
      `${shown(text)} is not a share. Write a number above 0 and below 1, such as 0.2.`,
      fix,
    );
  } else if (!/[./\\]/.test(text) && nearest(text, ['none']))
    yield diagnostic(
      'split-size',
      range,
      `${shown(text)} is not a file. Did you mean "none"?`,
      replacement(range, 'none'),
    );
}

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function* tooFewRows({ source, context }: Given): Generator<Diagnostic> {
  if (context.rowCount === undefined) return;
  const written = source.valueAt(testPath);
  const share = typeof written === 'string' ? 0 : (number(written) ?? 0.2);
  if (share >= 1 || share < 0) return;
  const test = Math.round(context.rowCount * share);
  const rest = context.rowCount - test;
  const rows = `The data has ${context.rowCount} ${context.rowCount === 1 ? 'row' : 'rows'}`;
  if (share > 0 && (test < 1 || rest < 2))
    yield diagnostic(
      'split-size',
      source.valueRange(testPath),
      `${rows}: a test share of ${share} leaves ${test} for the test and ${rest} for the search. Use more data or another share.`,
    );
  else if (rest < 2)
    yield diagnostic(
      'split-size',
      source.valueRange(['data', 'path']),
      `${rows}. A model learns from many rows, some of which are kept to judge it: add rows.`,
    );
  if (rest < 2) return;
  const folds = number(source.valueAt(foldsPath));
  if (folds !== undefined && folds > rest)
    yield diagnostic(
      'split-size',
      source.valueRange(foldsPath),
      `${rows}, of which ${rest} are for the search: too few for ${folds} folds. Use at most ${Math.max(2, rest)}.`,
    );
  const holdout = number(source.valueAt(holdoutPath));
  const held = holdout === undefined ? 1 : Math.round(rest * holdout);
  if (held < 1 || held >= rest)
    yield diagnostic(
      'split-size',
      source.valueRange(holdoutPath),
      `${rows}, of which ${rest} are for the search: a holdout of ${holdout} leaves ${held} to judge by and ${rest - held} to learn from.`,
    );
}

/** Parts of the split that would be empty. */
export const split: Rule = {
  codes: ['split-size'],
  *check(given) {
    yield* notShare(given);
    yield* tooFewRows(given);
  },
};
