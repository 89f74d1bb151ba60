import { basename } from 'node:path';
import { type QuickPickItem, window } from 'vscode';
import { UserError } from '../shared/faults.ts';
import type { DataInspection } from '../shared/operations/operations.ts';
import { countWords } from '../shared/results/numbers.ts';

/** Asks which column is predicted: the one that suits best comes first, with the reason. Undefined where the person breaks off. */
export async function pickTarget({
  path,
  rowCount,
  columns,
  suggestedTarget,
}: DataInspection): Promise<string | undefined> {
  if (columns.length === 0) throw new UserError('no-columns', 'the table has no columns.', { place: { file: path } });
  const items: (QuickPickItem & { column: string })[] = columns.map(({ name, type, distinct, missing, reason }) => ({
    label: name,
    description: `${type}, ${countWords(distinct, 'different value')}${missing > 0 ? `, ${missing} missing` : ''}`,
    detail: name === suggestedTarget?.column ? `Suggested: ${suggestedTarget.reason}.` : reason,
    column: name,
  }));
  items.sort((a, b) => Number(b.column === suggestedTarget?.column) - Number(a.column === suggestedTarget?.column));
  const chosen = await window.showQuickPick(items, {
    title: `${basename(path)}: ${countWords(rowCount, 'row')}, ${countWords(columns.length, 'column')}`,
    placeHolder: 'Which column is to be predicted?',
    matchOnDescription: true,
  });
  return chosen?.column;
}
