import { columnsOf } from '../context.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Given, type Rule } from '../rule.ts';
import { shown } from '../scalar.ts';
import { type PlacedText, textAt, textsAt } from '../texts.ts';

interface Role extends PlacedText {
  readonly words: string;
}

function rolesIn({ source }: Given): Role[] {
  const one = (key: string, words: string): Role[] => {
    const text = textAt(source, ['data', key]);
    return text ? [{ ...text, words }] : [];
  };
  const ignored = textsAt(source, ['data', 'ignore']).map((text) => ({ ...text, words: 'ignored' }));
  return [...one('target', 'the target'), ...one('group', 'the group'), ...one('time', 'the time'), ...ignored];
}

function* conflicts(given: Given): Generator<Diagnostic> {
  const first = new Map<string, Role>();
  const report = ({ text, path, words }: Role, other: string) =>
    diagnostic(
      'column-conflict',
      given.source.valueRange(path),
      `${shown(text)} cannot be ${words}: it is ${other} already. Take it out of one of the two.`,
    );
  for (const role of rolesIn(given)) {
    const other = first.get(role.text);
    if (other && other.words !== role.words) yield report(role, other.words);
    else first.set(role.text, role);
  }
  const target = textAt(given.source, ['data', 'target'])?.text;
  for (const sensitive of textsAt(given.source, ['data', 'sensitive']))
    if (sensitive.text === target) yield report({ ...sensitive, words: 'sensitive' }, 'the target');
}

function* leftOver(given: Given): Generator<Diagnostic> {
  const columns = columnsOf(given.context.columns);
  const target = textAt(given.source, ['data', 'target']);
  if (!columns || !target) return;
  const used = new Set(rolesIn(given).map(({ text }) => text));
  if (!columns.some(({ name }) => name === target.text) || columns.some(({ name }) => !used.has(name))) return;
  const ignored = given.source.valueAt(['data', 'ignore']) !== undefined;
  const message =
    'No column is left to learn from: every other column is ignored, the group or the time. Give at least one back.';
  yield diagnostic('no-features', given.source.keyRange(ignored ? ['data', 'ignore'] : target.path), message);
}

/** A column has one role: target, group, time or ignored; the rest are features. */
export const columnRoles: Rule = {
  codes: ['column-conflict', 'no-features'],
  *check(given) {
    yield* conflicts(given);
    yield* leftOver(given);
  },
};
