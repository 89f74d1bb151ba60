import { experimentSchema } from '../../shared/experiment/schema.ts';
import { nearest } from '../../shared/nearest.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import { diagnostic, type Given, type Rule, replacement } from '../rule.ts';
import { scalarText, shown } from '../scalar.ts';
import { formsAt, keysOf, mappingsAt, ownerOf, schemasAt } from '../schema/forms.ts';
import { type Issue, issuesOf } from '../schema/issues.ts';
import { pathWords, whatItTakes } from '../schema/words.ts';
import type { Path, Source } from '../source.ts';
import { isQuantity } from './quantities.ts';

const inside = (path: Path): string => (path.length > 0 ? ` in ${pathWords(path)}` : '');

function unknownKey(source: Source, path: Path, key: string): Diagnostic {
  const present = Object.keys((source.valueAt(path) as object | null) ?? {});
  const known = keysOf(mappingsAt(path, present));
  const meant = nearest(
    key,
    known.filter((name) => !present.includes(name)),
  );
  const range = source.keyRange([...path, key]);
  const learner = path.length === 1 && path[0] === 'space';
  const owner = ownerOf(key);
  const advice = meant
    ? `Did you mean "${meant}"?`
    : owner && pathWords(owner) !== pathWords(path)
      ? `It belongs${inside(owner) || ' at the top of the file'}.`
      : `The ${learner ? 'learners' : 'keys here'} are ${known.join(', ')}.`;
  const message = learner ? `There is no learner "${key}".` : `Unknown key "${key}"${inside(path)}.`;
  const fix = meant === undefined ? undefined : replacement(range, meant);
  return diagnostic(learner ? 'unknown-learner' : 'unknown-key', range, `${message} ${advice}`, fix);
}

function missingKey(source: Source, path: Path): Diagnostic {
  const description = schemasAt(path)[0]?.description;
  const message = `${pathWords(path)} is missing${description ? `: ${description[0].toLowerCase()}${description.slice(1)}` : '.'}`;
  return diagnostic('missing-key', source.keyRange(path), message);
}

/** Whether what holds this path must have it. */
const required = (path: Path): boolean =>
  formsAt(path.slice(0, -1)).some((form) => form.required?.includes(String(path[path.length - 1])));

const truths: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

/** The value as it was most likely meant, where only quotes, brackets or YAML 1.1's yes and no stand in the way. */
function retyped(value: unknown, path: Path): string | undefined {
  const types = formsAt(path).map(({ type }) => type);
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (types.includes('string')) return JSON.stringify(String(value));
  }
  if (typeof value === 'string') {
    if (types.includes('boolean') && Object.hasOwn(truths, value.toLowerCase()))
      return String(truths[value.toLowerCase()]);
    const number = Number(value);
    if (
      value.trim() !== '' &&
      Number.isFinite(number) &&
      (types.includes('number') || (types.includes('integer') && Number.isInteger(number)))
    )
      return value.trim();
    if (types.includes('array')) return `[${scalarText(value)}]`;
  }
  return undefined;
}

function notMapping(source: Source): Diagnostic {
  const message = `This file is ${shown(source.value)}, but an experiment is made of keys, such as data: {path: FILE, target: COLUMN}.`;
  return diagnostic('wrong-type', source.valueRange([]), message);
}

function wrongType(source: Source, path: Path): Diagnostic {
  if (path.length === 0) return notMapping(source);
  const value = source.valueAt(path);
  const takes = whatItTakes(...schemasAt(path));
  const range = source.valueRange(path);
  const where = pathWords(path);
  const message =
    value === null || value === undefined
      ? `${where} has no value. Write ${takes}${required(path) ? '' : ', or remove the key'}.`
      : `${where} is ${shown(value)}, but it takes ${takes}.`;
  const text = retyped(value, path);
  return diagnostic('wrong-type', range, message, text === undefined ? undefined : replacement(range, text));
}

function badValue(source: Source, path: Path): Diagnostic {
  const value = source.valueAt(path);
  // One item, where a list of such may stand.
  if (formsAt([...path, 0]).some((form) => form.enum?.some((item) => item === value))) return wrongType(source, path);
  const range = source.valueRange(path);
  const allowed = formsAt(path).flatMap((form) => form.enum ?? (form.const === undefined ? [] : [form.const]));
  const meant = nearest(String(value), allowed.map(String));
  const advice = meant ? ` Did you mean "${meant}"?` : '';
  const learner = path[0] === 'learners' && path.length === 2;
  const message = learner
    ? `There is no learner ${shown(value)}.${advice || ` The learners are ${allowed.join(', ')}.`}`
    : `${pathWords(path)} is ${shown(value)}, but it takes ${whatItTakes(...schemasAt(path))}.${advice}`;
  const fix = meant === undefined ? undefined : replacement(range, scalarText(meant));
  return diagnostic(learner ? 'unknown-learner' : 'bad-value', range, message, fix);
}

/** 20 where a share is wanted: most likely 20 %. */
function asShare(value: unknown, path: Path): string | undefined {
  const share = formsAt(path).some((form) => form.type === 'number' && form.exclusiveMaximum === 1);
  return share && typeof value === 'number' && value > 1 && value < 100 ? String(value / 100) : undefined;
}

function outOfRange(source: Source, path: Path): Diagnostic {
  const value = source.valueAt(path);
  const range = source.valueRange(path);
  const forms = formsAt(path).filter((form) => form.type !== 'string' || typeof value === 'string');
  const empty = (Array.isArray(value) || typeof value === 'string') && value.length === 0;
  const message = empty
    ? `${pathWords(path)} is empty. Write ${whatItTakes(...forms)}${required(path) ? '' : ', or remove the key'}.`
    : `${pathWords(path)} is ${shown(value)}, but it takes ${whatItTakes(...forms)}.`;
  const share = asShare(value, path);
  const fix: Fix | undefined = share === undefined ? undefined : replacement(range, share);
  return diagnostic('out-of-range', range, message, fix);
}

function reported(source: Source, issue: Exclude<Issue, { kind: 'unknown-keys' }>): Diagnostic | undefined {
  const { kind, path } = issue;
  if (kind === 'missing') return missingKey(source, path);
  if (kind === 'value') return badValue(source, path);
  if (kind === 'range') return outOfRange(source, path);
  return isQuantity(path) && source.valueAt(path) !== null ? undefined : wrongType(source, path);
}

/** Keys that lack their colon are told of already. */
const halfTyped = (source: Source, path: Path): boolean => {
  const start = source.offsetAt(source.keyRange(path).start);
  return source.problems.some((problem) => problem.start === start);
};

function* check({ source }: Given): Generator<Diagnostic> {
  if (source.value === null || source.value === undefined) return;
  const zodIssues = experimentSchema.safeParse(source.value).error?.issues ?? [];
  const issues = zodIssues.flatMap((issue) => issuesOf(issue, source.value));
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.kind !== 'unknown-keys') continue;
    for (const key of issue.keys.filter((one) => !halfTyped(source, [...issue.path, one]))) {
      const found = unknownKey(source, issue.path, key);
      if (found.fix) misspelt.add(pathWords([...issue.path, found.fix.edits[0].newText]));
      yield found;
    }
  }
  for (const issue of issues) {
    if (issue.kind === 'unknown-keys') continue;
    // What is missing may be the misspelt key, or stand in a part that is not YAML yet.
    if (issue.kind === 'missing' && (source.problems.length > 0 || misspelt.has(pathWords(issue.path)))) continue;
    const found = reported(source, issue);
    if (found) yield found;
  }
}

/** Everything that the schema says. */
export const structure: Rule = {
  codes: ['unknown-key', 'missing-key', 'wrong-type', 'bad-value', 'out-of-range', 'unknown-learner'],
  check,
};
