import { isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ExperimentEdit } from '../shared/results/data-findings.ts';
import type { TextEdit } from './diagnostic.ts';
import { scalarText } from './scalar.ts';
import type { Path, Source } from './source.ts';

/**
 * The least change of the text that sets the value, or adds it to the list: all else, comments too, stays as it was written. Empty where the
 * file says so already, and where something of another kind stands in the way.
 */
export function experimentEdits(source: Source, edit: ExperimentEdit): TextEdit[] {
  const { how, key, value } = edit;
  if (isSaid(source, edit)) return [];
  const node = source.nodeAt(key);
  const text = how === 'add' ? listText(missingItems(source, key, value)) : valueText(value);
  if (isAbsent(node)) return inserted(source, key, text);
  if (how === 'set') return replaced(source, key, node, text);
  return isSeq(node) ? [appended(source, node, text.slice(1, -1), '- ')] : [];
}

/** Whether the file says so already. */
export function isSaid(source: Source, { how, key, value }: ExperimentEdit): boolean {
  const said = source.valueAt(key);
  if (how === 'add') return Array.isArray(said) && missingItems(source, key, value).length === 0;
  return JSON.stringify(said) === JSON.stringify(value);
}

type Item = string | number | boolean;
const itemsOf = (value: ExperimentEdit['value']): readonly Item[] => (typeof value === 'object' ? value : [value]);

/** What the list has not yet. */
function missingItems(source: Source, key: Path, value: ExperimentEdit['value']): readonly Item[] {
  const said = source.valueAt(key);
  const known = new Set(Array.isArray(said) ? said.map(String) : []);
  return itemsOf(value).filter((item) => !known.has(String(item)));
}

const listText = (items: readonly Item[]): string => `[${items.map(scalarText).join(', ')}]`;
const valueText = (value: ExperimentEdit['value']): string =>
  typeof value === 'object' ? listText(value) : scalarText(value);

/** A key without a value is as good as none. */
const isAbsent = (node: Node | undefined): node is undefined => !node || (isScalar(node) && node.value === null);

function replaced(source: Source, key: Path, node: Node, text: string): TextEdit[] {
  const colon = colonOf(source, key);
  return colon === undefined ? [] : [change(source, colon, Math.max(colon, endOf(source, node)), ` ${text}`)];
}

/** As one line of the nearest mapping that is there. */
function inserted(source: Source, key: Path, text: string): TextEdit[] {
  const colon = colonOf(source, key);
  if (colon !== undefined) return [change(source, colon, colon, ` ${text}`)];
  const [name, ...above] = [...key].reverse().map(String);
  const entry = `${scalarText(name)}: ${text}`;
  if (above.length === 0 && isAbsent(source.nodeAt([]))) {
    const end = source.text.length;
    return [change(source, end, end, `${/(^|\n)$/.test(source.text) ? '' : '\n'}${entry}\n`)];
  }
  const parent = key.slice(0, -1);
  const node = source.nodeAt(parent);
  if (isMap(node)) return [appended(source, node, entry, '')];
  return isAbsent(node) ? inserted(source, parent, `{${entry}}`) : [];
}

/** Behind the last item: on the same line inside of brackets, else on a line of its own below it. */
function appended(source: Source, { flow, range, items }: YAMLMap | YAMLSeq, text: string, mark: string): TextEdit {
  const last = items.at(-1);
  const start = range![0];
  if (last === undefined) return change(source, start + 1, start + 1, text);
  const end = endOf(source, last);
  if (flow) return change(source, end, end, `, ${text}`);
  const line = source.text.indexOf('\n', end);
  const at = line < 0 ? source.text.length : line;
  return change(source, at, at, `\n${' '.repeat(source.positionAt(start).character)}${mark}${text}`);
}

/** Behind what is written of an item, without comments and empty lines that follow it. */
function endOf(source: Source, item: unknown): number {
  if (isPair(item)) return isNode(item.value) && item.value.range ? endOf(source, item.value) : endOf(source, item.key);
  if ((isMap(item) || isSeq(item)) && !item.flow && item.items.length > 0) return endOf(source, item.items.at(-1));
  const [start, end] = (isNode(item) && item.range) || [0, 0];
  return start + source.text.slice(start, end).trimEnd().length;
}

/** Behind the colon of a key that is there. */
function colonOf(source: Source, key: Path): number | undefined {
  const name = (source.pairAt(key) as Pair | undefined)?.key;
  if (!isNode(name) || !name.range) return undefined;
  const colon = source.text.indexOf(':', name.range[1]);
  return colon < 0 ? undefined : colon + 1;
}

const change = (source: Source, start: number, end: number, newText: string): TextEdit => ({
  range: source.rangeBetween(start, end),
  newText,
});
