import { byName, codesOf, levelCounts } from '../../data/encoders/raw-columns.ts';
import type { CodedColumn, Table } from '../../data/table.ts';

/** One column whose levels are embedded. Code 0 is every level that is not in `levels`, and a missing one unless `hasMissing`: then 1. */
export interface EmbeddedColumn {
  readonly name: string;
  readonly hasMissing: boolean;
  readonly levels: readonly string[];
}

/** Most levels of a column that get a vector of their own: rarer ones share that of the unseen, so that a table stays small. */
const mostLevels = 2000;

/** Columns of this many levels or fewer are one-hot instead (RealMLP, Holzmueller et al. 2024). */
const mostOneHot = 9;

/** Columns of the training rows with too many levels for a flag each; text and ids are never embedded. */
export function fitEmbeddedColumns(features: Table): EmbeddedColumn[] {
  return byName(features).flatMap((column) => {
    if (column.kind === 'numeric' || column.type === 'text' || column.type === 'id') return [];
    const fitted = fitColumn(column);
    return fitted ? [fitted] : [];
  });
}

function fitColumn({ name, codes, levels }: CodedColumn): EmbeddedColumn | undefined {
  const counts = levelCounts(codes, levels.length);
  const least = Math.min(10, Math.ceil(codes.length / 100));
  const present = levels.map((level, code) => ({ level, count: counts[code] })).filter(({ count }) => count > 0);
  if (present.length <= mostOneHot) return undefined;
  // By count, then by text: the coding of levels must not matter.
  const own = present
    .filter(({ count }) => count >= least)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, mostLevels);
  return { name, hasMissing: codes.includes(-1), levels: own.map(({ level }) => level) };
}

/** Codes that the column can take. */
export const codeCount = ({ hasMissing, levels }: EmbeddedColumn): number => 1 + Number(hasMissing) + levels.length;

/** [rows] codes of the column in any table that has it. */
export function encodeLevels({ name, hasMissing, levels }: EmbeddedColumn, table: Table): Int32Array {
  const first = 1 + Number(hasMissing);
  const places = new Map(levels.map((level, i) => [level, i + first]));
  return codesOf(table, name, places).map((code) => (code >= 0 ? code : code === -1 && hasMissing ? 1 : 0));
}
