import { type DataFinding, type ExperimentEdit, findingWords } from '../shared/results/data-findings.ts';
import type { Fix, Range } from './diagnostic.ts';
import { experimentEdits, isSaid } from './experiment-edit.ts';
import { scalarText } from './scalar.ts';
import type { Path, Source } from './source.ts';

/** What a data check found, at its place in the experiment file, with what the file can do about it. */
export interface PlacedFinding {
  readonly finding: DataFinding;
  readonly message: string;
  readonly range: Range;
  readonly fixes: readonly Fix[];
}

/** All but those with a remedy that the file says by now. */
export function placeFindings(source: Source, findings: readonly DataFinding[]): PlacedFinding[] {
  return findings
    .filter(({ remedies }) => !remedies.some(({ edit }) => edit && isSaid(source, edit)))
    .map((finding) => ({
      finding,
      message: findingWords(finding),
      range: placeOf(source, finding),
      fixes: finding.remedies.flatMap(({ edit }) => (edit ? fixOf(source, edit) : [])),
    }));
}

/** The keys of `data` that a finding is about, the most fitting first; the others are about the data as a whole. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'target-leak': ['target'],
  'missing-leak': ['target'],
  'conflicting-labels': ['target'],
  imbalance: ['target'],
  'label-errors': ['target'],
  'little-to-learn': ['target'],
  'shared-rows': ['split'],
  drift: ['split'],
  'time-leak': ['time', 'split'],
  'small-test': ['split'],
  'group-leak': ['group', 'split'],
  'near-duplicates': ['split'],
  adversarial: ['split'],
  'score-drop': ['split'],
  order: ['split'],
};

/** At the key that it is about, else at the name of the data. */
export function placeOf(source: Source, { check }: Pick<DataFinding, 'check'>): Range {
  const key = (keys[check] ?? []).find((name) => source.pairAt(['data', name]) !== undefined);
  const path: Path = ['data', key ?? 'path'];
  return key === 'split' ? source.keyRange(path) : source.valueRange(path);
}

function fixOf(source: Source, edit: ExperimentEdit): Fix[] {
  const edits = experimentEdits(source, edit);
  return edits.length > 0 ? [{ title: titleOf(edit), edits }] : [];
}

const mostNamed = 6;

/** '4, 8, 17 and 30 more' */
const namedWords = (values: readonly (string | number)[]): string => {
  const rest = values.length - mostNamed;
  return rest > 1 ? `${values.slice(0, mostNamed).join(', ')} and ${rest} more` : values.join(', ');
};

/** 'Add x to data.ignore', 'Set data.group to x' */
function titleOf({ how, key, value }: ExperimentEdit): string {
  const text = typeof value === 'object' ? namedWords(value) : scalarText(value);
  return how === 'add' ? `Add ${text} to ${key.join('.')}` : `Set ${key.join('.')} to ${text}`;
}
