import type { ColumnInfo, DatasetInfo } from '../../../shared/dataset.ts';
import type { DataDiff } from '../../../shared/results/data-diff.ts';

/**
 * What differs between two versions of the data, from what is known of each: whole files, the target's column among them. Null where
 * their hashes say that nothing does.
 */
export function dataDiff(before: DatasetInfo, after: DatasetInfo): DataDiff | null {
  if (before.hash === after.hash) return null;
  const earlier = new Map(before.columns.map((column) => [column.name, column]));
  const later = new Map(after.columns.map((column) => [column.name, column]));
  const shared = after.columns.flatMap((column) => {
    const old = earlier.get(column.name);
    return old ? [{ name: column.name, old, column }] : [];
  });
  return {
    rows: { before: before.rowCount, after: after.rowCount },
    added: after.columns.filter(({ name }) => !earlier.has(name)).map(({ name }) => name),
    removed: before.columns.filter(({ name }) => !later.has(name)).map(({ name }) => name),
    retyped: shared
      .filter(({ old, column }) => old.type !== column.type)
      .map(({ name, old, column }) => ({ name, before: old.type, after: column.type })),
    changed: shared
      .filter(({ old, column }) => old.type === column.type && countsOf(old) !== countsOf(column))
      .map(({ name }) => name),
    classes: classDiff(before, after),
  };
}

const countsOf = ({ missing, distinct, numeric, levels }: ColumnInfo): string =>
  JSON.stringify([missing, distinct, numeric, levels]);

/** Classes in the order of the new data, then those that are gone; none where the target's rows were not counted by class. */
function classDiff(before: DatasetInfo, after: DatasetInfo): DataDiff['classes'] {
  const [old, fresh] = [before, after].map(classCounts);
  if (!old || !fresh) return [];
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? 0, after: fresh.get(name) ?? 0 }))
    .filter((rows) => rows.before !== rows.after);
}

/** Only the most frequent levels are counted one by one: of very many classes there is no whole picture. */
function classCounts({ target, classes, columns }: DatasetInfo): ReadonlyMap<string, number> | undefined {
  const levels = classes && columns.find(({ name }) => name === target)?.levels;
  if (!levels || levels.length < classes.length) return undefined;
  return new Map(levels.map(({ level, count }) => [level, count]));
}
