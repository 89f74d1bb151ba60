import { UserError } from '../../shared/faults.ts';
import { adoptColumns, type KnownColumn } from './adopt-columns.ts';
import { dataHash } from './data-hash.ts';
import type { Dataset } from './dataset.ts';
import { keepRows } from './keep-rows.ts';
import { type SourceOptions, withSource } from './source.ts';
import { type Column, takeRows } from './table.ts';
import { targetOf } from './target.ts';

/**
 * Loads a test file in the words of the training data: its types, levels (new ones after them) and classes. Only its own path, row
 * count, hash and notes are its own in `info`; the description of columns stays that of the training data. Of `keys` it has the ignored
 * columns that are watched, where the file has them.
 * Throws a UserError for missing columns, values of the wrong type and classes that the training data lacks.
 */
export function loadTestDataset(options: SourceOptions, train: Dataset, signal: AbortSignal): Promise<Dataset> {
  return withSource(options, signal, async (source) => {
    const { target: targetName, classes } = train.info;
    const watched = train.keys.columns.filter(({ name }) => isIgnored(train, name) && source.names.includes(name));
    const known = [...train.features.columns, ...watched].map(schemaOf);
    const adopted = await adoptColumns(source, [targetSchema(train), ...known]);
    const [targetColumn] = adopted.columns;
    const kept = keepRows(source, [targetColumn]);
    if (kept.rowIds.length === 0) {
      throw new UserError('data-no-rows', `no row of the test file has a value in "${targetName}".`, {
        place: { file: source.shown },
        advice: 'Fill the target in: test rows are judged by it.',
      });
    }
    const table = takeRows({ rowCount: source.rowCount, columns: adopted.columns }, kept.rowIds);
    const [keptTarget, ...others] = table.columns;
    const columns = others.slice(0, train.features.columns.length);
    const target = targetOf(keptTarget, kept.rowIds, source.shown, classes);
    return {
      info: {
        ...train.info,
        path: source.shown,
        rowCount: table.rowCount,
        hash: dataHash(columns, targetName, target, adopted.contents),
        notes: [...source.notes, ...kept.notes],
      },
      features: { rowCount: table.rowCount, columns },
      target,
      rowIds: kept.rowIds,
      keys: { rowCount: table.rowCount, columns: others.slice(columns.length) },
    };
  });
}

const isIgnored = ({ info }: Dataset, name: string): boolean =>
  info.columns.some((column) => column.name === name && column.role === 'ignored');

const schemaOf = (column: Column): KnownColumn => ({
  name: column.name,
  type: column.type,
  levels: column.kind === 'coded' ? column.levels : undefined,
});

function targetSchema({ info }: Dataset): KnownColumn {
  const known = info.columns.find(({ name }) => name === info.target);
  if (!known) throw new RangeError(`no column "${info.target}" in the data set's own description`);
  return { name: known.name, type: known.type };
}
