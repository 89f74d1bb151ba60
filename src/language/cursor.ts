import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import type { Position, Range } from './diagnostic.ts';
import { type Path, Source } from './source.ts';

/** What is being typed. */
export interface Cursor {
  /** A key of the mapping at `path`, or the value at `path`. */
  readonly kind: 'key' | 'value';
  readonly path: Path;
  /** The other keys beside a key. */
  readonly present: readonly string[];
  /** A value, or a key inside braces: what is inserted must fit on this line. */
  readonly inline: boolean;
  /** Whether the colon is there already. */
  readonly colon: boolean;
  /** What an insertion replaces, in the text as written. */
  readonly range: Range;
  /** Needed before an insertion: a space after a colon. */
  readonly prefix: string;
  /** The file with a mark where the cursor is. */
  readonly source: Source;
}

/** Stands where the cursor is, so that YAML itself says what it would be; a private letter that no file holds. */
const mark = '\uE000';

interface Found {
  readonly node: Node;
  readonly kind: 'key' | 'value';
  readonly path: Path;
  /** The other keys beside a key. */
  readonly others: readonly unknown[];
  readonly inline: boolean;
}

const isMarked = (node: unknown): node is Node => isScalar(node) && String(node.value).includes(mark);

function findMark(node: unknown, path: Path, flow: boolean): Found | undefined {
  if (isMarked(node)) return { node, kind: 'value', path, others: [], inline: true };
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) {
      const found = findMark(item, [...path, i], flow || node.flow === true);
      if (found) return found;
    }
  }
  if (!isMap(node)) return undefined;
  const inline = flow || node.flow === true;
  for (const pair of node.items) {
    const others = node.items.filter((other) => other !== pair).map(({ key }) => key);
    if (isMarked(pair.key)) return { node: pair.key, kind: 'key', path, others, inline };
    const found = findMark(pair.value, [...path, String(pair.key)], inline);
    if (found) return found;
  }
  return undefined;
}

/** Keys of one block stand below each other; a line at another depth belongs nowhere. */
const columnOf = (source: Source, key: unknown): number | undefined =>
  isNode(key) && key.range ? source.positionAt(key.range[0]).character : undefined;

const wordAlone = /^\s*(?:- +)*[\w-]*$/;

/** How the text would go on: as a key where only a word stands on the line, otherwise as it is. */
function insertions(before: string, after: string): readonly { prefix: string; suffix: string }[] {
  const prefix = before.endsWith(':') || before.endsWith('-') ? ' ' : '';
  const alone = wordAlone.test(before) && /^[\w-]*\s*$/.test(after);
  return [...(alone ? [{ prefix, suffix: ':' }] : []), { prefix, suffix: '' }];
}

/** Where in the experiment the cursor is; undefined in comments and where YAML is too broken to tell. */
export function cursorAt(text: string, position: Position): Cursor | undefined {
  const lines = text.split('\n');
  const line = (lines[position.line] ?? '').replace(/\r$/, '');
  const [before, after] = [line.slice(0, position.character), line.slice(position.character)];
  for (const { prefix, suffix } of insertions(before, after)) {
    const word = /^[\w-]*/.exec(after)?.[0] ?? '';
    const marked = `${before}${prefix}${mark}${suffix ? word + suffix : word}${after.slice(word.length)}`;
    const source = new Source([...lines.slice(0, position.line), marked, ...lines.slice(position.line + 1)].join('\n'));
    const found = findMark(source.document.contents, [], false);
    if (!found?.node.range) continue;
    const { start, end } = source.rangeBetween(found.node.range[0], found.node.range[1]);
    if (start.line !== position.line || end.line !== position.line) return undefined;
    const range = {
      start: { line: start.line, character: Math.min(start.character, position.character) },
      end: { line: end.line, character: end.character - prefix.length - mark.length },
    };
    const { kind, path, others, inline } = found;
    if (kind === 'key' && !inline && !others.every((key) => columnOf(source, key) === start.character))
      return undefined;
    return {
      kind,
      path,
      present: others.map(String),
      inline,
      colon: /^\s*:/.test(line.slice(range.end.character)),
      range,
      prefix,
      source,
    };
  }
  return undefined;
}
