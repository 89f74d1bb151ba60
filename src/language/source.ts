import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import type { Position, Range } from './diagnostic.ts';
import { problemOf, type SyntaxProblem, withColons, withoutTabs } from './repair.ts';

/** Keys and indices from the root. */
export type Path = readonly (string | number)[];

const keyText = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value ?? '') : String(pair.key));

function unresolvedAlias(document: Document.Parsed): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

/** The text of an experiment file, its YAML tree and the way from either to places in the other. Survives broken YAML. */
export class Source {
  /** As written, but with spaces for tabs at line starts, and colons where line ends lack them: positions stay. */
  readonly text: string;
  readonly document: Document.Parsed;
  /** Plain values; what could not be read is absent. */
  readonly value: unknown;
  readonly problems: readonly SyntaxProblem[];
  readonly #lines = new LineCounter();

  constructor(text: string) {
    const spaced = withoutTabs(text);
    const whole = withColons(spaced.text);
    const problems = [...spaced.problems, ...whole.problems];
    this.text = whole.text;
    this.document = parseDocument(whole.text, { lineCounter: this.#lines, prettyErrors: false });
    problems.push(...this.document.errors.map(problemOf));
    try {
      this.value = this.document.toJS();
    } catch (error) {
      // An alias without an anchor, or so many aliases that they would fill the memory.
      const message = error instanceof Error ? error.message : String(error);
      const [start, end] = unresolvedAlias(this.document)?.range ?? [0, 1];
      problems.push({ code: 'BAD_ALIAS', message, start, end });
    }
    this.problems = problems;
  }

  positionAt(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
  }

  offsetAt({ line, character }: Position): number {
    const starts = this.#lines.lineStarts;
    if (line >= starts.length) return this.text.length;
    const next = line + 1 < starts.length ? starts[line + 1] - 1 : this.text.length;
    return Math.min(starts[line] + character, next);
  }

  rangeBetween(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  textIn(range: Range): string {
    return this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }

  /** The plain value at a path; undefined where there is none. */
  valueAt(path: Path): unknown {
    let value = this.value;
    for (const step of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string | number, unknown>)[step];
    }
    return value;
  }

  nodeAt(path: Path): Node | undefined {
    let node: unknown = this.document.contents;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(this.document);
      if (isMap(node)) node = this.#pairIn(node, String(step))?.value;
      else if (isSeq(node)) node = node.items[Number(step)];
      else return undefined;
    }
    return isNode(node) ? node : undefined;
  }

  pairAt(path: Path): Pair | undefined {
    if (path.length === 0) return undefined;
    let parent = this.nodeAt(path.slice(0, -1));
    if (isAlias(parent)) parent = parent.resolve(this.document);
    return isMap(parent) ? this.#pairIn(parent, String(path[path.length - 1])) : undefined;
  }

  /** Of the key that a path ends in; of the item where it ends in an index. */
  keyRange(path: Path): Range {
    const key = this.pairAt(path)?.key;
    return isNode(key) && key.range ? this.rangeBetween(key.range[0], key.range[1]) : this.valueRange(path);
  }

  /** Of a short value itself, of the key where the value is empty or runs over lines, of the nearest ancestor where it is absent. */
  valueRange(path: Path): Range {
    const node = this.nodeAt(path);
    if (node?.range) {
      const range = this.#trimmed(node.range[0], node.range[1]);
      const oneLine = range.start.line === range.end.line && range.end.character > range.start.character;
      if (oneLine || this.pairAt(path) === undefined) return this.#firstLine(range);
    }
    const key = this.pairAt(path)?.key;
    if (isNode(key) && key.range) return this.rangeBetween(key.range[0], key.range[1]);
    return path.length > 0 ? this.keyRange(path.slice(0, -1)) : this.#start();
  }

  #pairIn(map: { items: Pair[] }, key: string): Pair | undefined {
    // The last of several wins, as it does in the plain value.
    return map.items.findLast((pair) => isPair(pair) && keyText(pair) === key);
  }

  #trimmed(start: number, end: number): Range {
    while (end > start && /\s/.test(this.text[end - 1])) end--;
    return this.rangeBetween(start, end);
  }

  #firstLine(range: Range): Range {
    if (range.start.line === range.end.line) return range;
    const start = this.offsetAt(range.start);
    const end = this.text.indexOf('\n', start);
    return { start: range.start, end: this.positionAt(end < 0 ? this.text.length : end) };
  }

  #start(): Range {
    const end = this.text.search(/\r?\n|$/);
    return { start: { line: 0, character: 0 }, end: { line: 0, character: end } };
  }
}
