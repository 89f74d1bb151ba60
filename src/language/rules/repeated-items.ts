import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Rule } from '../rule.ts';
import { shown } from '../scalar.ts';
import type { Path, Source } from '../source.ts';
import { spaceEntries } from '../space-entries.ts';

/** Of an objective its metric counts, in either form. */
const identity = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'metric' in item ? item.metric : item;

function* repeated(source: Source, path: Path): Generator<Diagnostic> {
  const list = source.valueAt(path);
  if (!Array.isArray(list)) return;
  const seen = new Set<unknown>();
  for (const [i, item] of list.entries()) {
    const what = identity(item);
    if (seen.has(what))
      yield diagnostic(
        'repeated-item',
        source.valueRange([...path, i]),
        `${shown(what)} stands twice in this list. Remove one of the two.`,
      );
    seen.add(what);
  }
}

/** Lists in which order or count means nothing. */
export const repeatedItems: Rule = {
  codes: ['repeated-item'],
  *check({ source }) {
    const choices = spaceEntries(source).map(({ path }) => [...path, 'choice']);
    const lists: Path[] = [['learners'], ['objectives'], ['data', 'ignore'], ['data', 'sensitive'], ...choices];
    for (const path of lists) yield* repeated(source, path);
  },
};
