import { z } from 'zod';
import { listWords, numberWords } from './results/numbers.ts';

const column = z.string().describe('Name of a column, as the graphs have it.');
const range = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('numbers'),
    from: z.number().nullable().describe('null: from the least value on.'),
    to: z.number().nullable().describe('null: to the greatest value.'),
  }),
  z.strictObject({ kind: z.literal('levels'), levels: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal('missing') }),
]);
const ofClass = z.string().optional().describe('Of several classes, the one whose graph is meant; absent: all.');

/** One change that a person makes to a model that can be read. Nodes and rules are numbered as the original model has them. */
export const modelEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop'), columns: z.array(column).min(1).max(2) }),
  z.strictObject({ kind: z.literal('flatten'), column, range, class: ofClass }),
  z.strictObject({
    kind: z.literal('monotone'),
    column,
    direction: z.enum(['up', 'down']),
    range: range.optional(),
    class: ofClass,
  }),
  z.strictObject({ kind: z.literal('set'), column, range, adds: z.number(), class: ofClass }),
  z.strictObject({ kind: z.literal('interpolate'), column, range, class: ofClass }),
  z.strictObject({ kind: z.literal('zero'), weight: z.string() }),
  z.strictObject({ kind: z.literal('prune'), node: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('drop-rule'), rule: z.number().int().min(1) }),
]);
export type ModelEdit = z.infer<typeof modelEdit>;
export type EditRange = z.infer<typeof range>;

/** An edit of a model's graphs, along one column. */
export type RangeEdit = Extract<ModelEdit, { column: string }>;

/** 'age with sex' */
export const termName = (columns: readonly string[]): string => columns.join(' with ');

/** 'from 20 to 40', 'up to 40', 'at red and blue', 'where it is missing', 'everywhere' */
export function editRangeWords(given: EditRange | undefined, isDate = false): string {
  if (given === undefined) return 'everywhere';
  if (given.kind === 'missing') return 'where it is missing';
  if (given.kind === 'levels') return `at ${listWords(given.levels)}`;
  const [from, to] = [given.from, given.to].map((end) =>
    end === null ? null : isDate ? new Date(end).toISOString().slice(0, 10) : numberWords(end, 5),
  );
  if (from === null && to === null) return 'everywhere';
  if (from === null) return `up to ${to}`;
  return to === null ? `from ${from} on` : `from ${from} to ${to}`;
}

/** 'age rises everywhere', 'income is flat from 20 to 40', 'age with sex is dropped' */
export function editWords(edit: ModelEdit, isDate = false): string {
  switch (edit.kind) {
    case 'drop':
      return `${termName(edit.columns)} is dropped`;
    case 'zero':
      return `the weight of ${edit.weight} is 0`;
    case 'prune':
      return `node ${edit.node} is a leaf`;
    case 'drop-rule':
      return `rule ${edit.rule} is dropped`;
  }
  const where = `${editRangeWords(edit.range, isDate)}${edit.class === undefined ? '' : ` for ${edit.class}`}`;
  switch (edit.kind) {
    case 'flatten':
      return `${edit.column} is flat ${where}`;
    case 'monotone':
      return `${edit.column} never ${edit.direction === 'up' ? 'falls' : 'rises'} ${where}`;
    case 'set':
      return `${edit.column} adds ${numberWords(edit.adds)} ${where}`;
    case 'interpolate':
      return `${edit.column} is a straight line ${where}`;
  }
}
