import { commandWords, placeholderNames, placeholdersIn } from '../../shared/experiment/command-words.ts';
import { nearest } from '../../shared/nearest.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Given, type Rule, replacement } from '../rule.ts';
import type { Path, Source } from '../source.ts';
import { keysAt, type PlacedText, textAt, textsAt } from '../texts.ts';

/** Keys that speak of learners and their data; a script has neither here. */
const ofLearners = ['data', 'task', 'learners', 'space', 'nas', 'mitigation'];

function* searched({ source }: Given): Generator<Diagnostic> {
  if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) return;
  if (!('data' in source.value)) {
    // A key that is misspelt, or not YAML yet, may be the one.
    const told =
      source.problems.length > 0 || Object.keys(source.value).some((key) => nearest(key, ['data', 'script']));
    if (told) return;
    const message =
      'Nothing to search: write data: {path: FILE, target: COLUMN} for learners, or script: {command: ..., space: ...} for a program of your own.';
    yield diagnostic('nothing-to-search', source.keyRange(['data']), message);
  }
}

function* conflicts({ source }: Given): Generator<Diagnostic> {
  for (const key of keysAt(source, []).filter((one) => ofLearners.includes(one))) {
    const what = key === 'data' ? 'A script reads its data itself' : 'A script is searched instead of learners';
    const message = `${what}: ${key} and script do not go together in one file yet. Remove one of the two.`;
    yield diagnostic('script-conflict', source.keyRange([key]), message);
  }
}

/** The command's words, each with its place; nothing where it cannot be read. */
function* wordsOf(source: Source): Generator<PlacedText> {
  const path: Path = ['script', 'command'];
  const whole = textAt(source, path);
  if (!whole) {
    yield* textsAt(source, path);
    return;
  }
  const reading = commandWords(whole.text);
  if (reading.ok) for (const text of reading.value) yield { text, path };
}

function* command({ source }: Given): Generator<Diagnostic> {
  const whole = textAt(source, ['script', 'command']);
  const reading = whole && commandWords(whole.text);
  if (whole && reading && !reading.ok) yield diagnostic('bad-command', source.valueRange(whole.path), reading.problem);
  const resource = textAt(source, ['script', 'resource', 'name'])?.text;
  const names = [...keysAt(source, ['script', 'space']), ...(resource ? [resource] : [])];
  for (const { text, path } of wordsOf(source))
    for (const name of placeholdersIn(text)) {
      if (names.includes(name) || placeholderNames.some((one) => one === name)) continue;
      const meant = nearest(name, names);
      const advice = meant ? `Did you mean {${meant}}?` : `It can name ${[...names, ...placeholderNames].join(', ')}.`;
      const message = `The command names {${name}}, which is no parameter of script.space. ${advice}`;
      yield diagnostic('unknown-placeholder', source.valueRange(path), message);
    }
}

function* defaults({ source }: Given): Generator<Diagnostic> {
  const names = keysAt(source, ['script', 'space']);
  for (const name of keysAt(source, ['script', 'defaults'])) {
    if (names.includes(name)) continue;
    const range = source.keyRange(['script', 'defaults', name]);
    const meant = nearest(name, names);
    const advice = meant ? `Did you mean "${meant}"?` : `It has ${names.join(', ') || 'none'}.`;
    const fix = meant === undefined ? undefined : replacement(range, meant);
    yield diagnostic('unknown-default', range, `script.space has no parameter "${name}". ${advice}`, fix);
  }
}

function* resource({ source }: Given): Generator<Diagnostic> {
  const path = ['script', 'resource'];
  const [min, max] = ['min', 'max'].map((key) => source.valueAt([...path, key]));
  if (typeof min !== 'number' || typeof max !== 'number' || min <= max) return;
  const message = `The least of the resource, ${min}, is above all of it, ${max}. Swap the two.`;
  yield diagnostic('resource-order', source.valueRange([...path, 'min']), message);
}

/** A program of one's own: what it stands beside, what its command names, where it begins. */
export const script: Rule = {
  codes: [
    'nothing-to-search',
    'script-conflict',
    'bad-command',
    'unknown-placeholder',
    'unknown-default',
    'resource-order',
  ],
  *check(given) {
    if (given.source.valueAt(['script']) === undefined) {
      yield* searched(given);
      return;
    }
    yield* conflicts(given);
    yield* command(given);
    yield* defaults(given);
    yield* resource(given);
  },
};
