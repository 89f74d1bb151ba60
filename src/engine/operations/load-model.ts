import { UserError } from '../../shared/faults.ts';
import type { Task } from '../../shared/task.ts';
import { recode } from '../data/adopt-columns.ts';
import { nameAdvice } from '../data/closest-name.ts';
import type { Cell, CodedColumn, Column, NumericColumn } from '../data/table.ts';
import { columnOfGroups, decideByGroup, probabilityOfSecond } from '../fairness/group-decision.ts';
import { readModelFile } from '../models/bundle.ts';
import { damaged } from '../models/bundle-header.ts';
import type { ModelBundle } from '../models/model.ts';
import { loadModel as modelOf } from '../run/saved-model.ts';

/** A row by the names of its columns; null and undefined are missing, dates are ISO text or milliseconds since 1970 UTC. */
export type RowRecord = Readonly<Record<string, Cell | boolean | undefined>>;

/** What is predicted for a row: a class with the probability of each, or a number. */
export interface RowPrediction {
  readonly prediction: string | number;
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** An exported model on its own: raw rows in, predictions out. */
export interface SavedModel {
  readonly task: Task;
  readonly classes?: readonly string[];
  readonly columns: ModelBundle['columns'];
  /** Throws a UserError where a column is missing in every row, or a value is not of its column's type. */
  predict(rows: readonly RowRecord[]): Promise<RowPrediction[]>;
  /** Frees what it holds. */
  close(): void;
}

/** Opens what `vitrine export` wrote, a file or a folder. Throws a UserError where it is damaged, from a newer version, or missing. */
export async function loadModel(path: string): Promise<SavedModel> {
  const bundle = await readModelFile(path);
  const model = await modelOf(bundle, path);
  const { task, classes, columns, promises } = bundle;
  const weights = promises?.decision?.weights;
  const byGroup = promises?.byGroup;
  return {
    task,
    classes,
    columns,
    async predict(rows) {
      const { values } = await model.predict({ rowCount: rows.length, columns: columns.map((c) => columnOf(c, rows)) });
      if (!values.every(Number.isFinite)) throw damaged('what it predicts are no numbers', path);
      if (!classes) return Array.from(values, (prediction) => ({ prediction }));
      const decided =
        byGroup && decideByGroup(byGroup, probabilityOfSecond(values), columnOf(columnOfGroups(byGroup), rows));
      return rows.map((_, row) => {
        const own = values.subarray(row * classes.length, (row + 1) * classes.length);
        const weighed = weights ? own.map((p, k) => p * weights[k]) : own;
        const best = decided?.[row] ?? weighed.indexOf(Math.max(...weighed));
        return {
          prediction: classes[best],
          probabilities: Object.fromEntries(classes.map((name, k) => [name, own[k]])),
        };
      });
    },
    close: () => model.dispose?.(),
  };
}

function columnOf({ name, type, levels = [] }: ModelBundle['columns'][number], rows: readonly RowRecord[]): Column {
  if (rows.length > 0 && !rows.some((row) => name in row))
    throw new UserError('column-missing', `the rows have no column "${name}", which the model takes.`, {
      advice: nameAdvice(name, Object.keys(rows[0])),
    });
  if (type === 'number' || type === 'integer' || type === 'date') {
    const kind = type as NumericColumn['type'];
    const values = Float64Array.from(rows, (row, i) => numberOf(row[name] ?? null, kind, name, i));
    return { kind: 'numeric', name, type: kind, values };
  }
  const cells = rows.map((row) => (row[name] === undefined || row[name] === null ? null : String(row[name])));
  const own = [...new Set(cells.filter((cell) => cell !== null))];
  const places = new Map(own.map((level, i) => [level, i]));
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : (places.get(cell) ?? -1)));
  return recode({ kind: 'coded', name, type: type as CodedColumn['type'], levels: own, codes }, levels);
}

function numberOf(value: Cell | boolean, type: NumericColumn['type'], name: string, row: number): number {
  if (value === null) return Number.NaN;
  const number =
    type === 'date' && typeof value === 'string' ? Date.parse(value) : Number(value === '' ? Number.NaN : value);
  if (typeof value === 'number' || !Number.isNaN(number)) return number;
  throw new UserError(
    'column-value',
    `"${value}" in column "${name}", row ${row + 1}, is not ${type === 'date' ? 'a date' : 'a number'}.`,
    {
      advice: 'Give null where it is not known.',
    },
  );
}
