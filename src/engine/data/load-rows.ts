import { UserError } from '../../shared/faults.ts';
import { adoptColumns, type KnownColumn } from './adopt-columns.ts';
import { closestName } from './closest-name.ts';
import { type SourceOptions, withSource } from './source.ts';
import type { Column, Table } from './table.ts';

export interface LoadedRows {
  readonly rows: Table;
  /** The column that decides by group, where one was asked for. */
  readonly groups?: Column;
  /** What a person should know of how the file was read. */
  readonly notes: readonly string[];
}

/**
 * Loads rows to predict: the columns of a model (a `ModelBundle` has them), all rows in the file's order, no target needed.
 * See `adoptColumns` for levels that the model has not seen and for the errors.
 * @param groups a column by which labels are decided, whether the model takes it or not
 */
export function loadRows(
  options: SourceOptions,
  { columns, target }: { readonly columns: readonly KnownColumn[]; readonly target?: string },
  signal: AbortSignal,
  groups?: KnownColumn,
): Promise<LoadedRows> {
  return withSource(options, signal, async (source) => {
    if (groups && !source.names.includes(groups.name)) throw noGroups(groups.name, source.shown, source.names);
    const isKnown = columns.some(({ name }) => name === groups?.name);
    const wanted = groups && !isKnown ? [...columns, groups] : columns;
    const adopted = await adoptColumns(source, wanted, target);
    return {
      rows: { rowCount: source.rowCount, columns: adopted.columns.slice(0, columns.length) },
      ...(groups && { groups: adopted.columns.find(({ name }) => name === groups.name) }),
      notes: adopted.notes,
    };
  });
}

const noGroups = (name: string, shown: string, names: readonly string[]): UserError => {
  const close = closestName(name, names);
  return new UserError(
    'group-column-missing',
    `the model decides by a threshold for each group of "${name}", and there is no such column here.`,
    {
      place: { file: shown, line: 1 },
      advice:
        close === undefined
          ? 'Add it: without it no row can be decided as the model was judged. Its cells may be empty where it is not known.'
          : `"${close}" may be meant for it: rename it.`,
    },
  );
};
