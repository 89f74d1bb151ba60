import { relative } from 'node:path';
import { type QuickPickItem, type Uri, window, workspace } from 'vscode';
import { unsearched } from './experiments.ts';

export const dataFileTypes = ['csv', 'tsv', 'parquet', 'json'] as const;
export const dataFilePattern = `**/*.{${dataFileTypes.join(',')}}`;
const mostFiles = 200;
/** JSON files that are hardly ever tables. */
const notTables = /(?:^|[\\/])(?:package(?:-lock)?|tsconfig|jsconfig|settings|launch|tasks)\.json$/;

interface DataFileItem extends QuickPickItem {
  /** Absent: chosen in a dialog. */
  readonly uri?: Uri;
}

/** Asks for a data file: those of the workspace, or any other by a dialog. Undefined where the person breaks off. */
export async function pickDataFile(title = 'New experiment: which data?'): Promise<Uri | undefined> {
  const found = await workspace.findFiles(dataFilePattern, unsearched, mostFiles);
  const items: DataFileItem[] = found
    .filter(({ path }) => !notTables.test(path))
    .map((uri) => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  if (items.length === 0) return browse();
  const chosen = await window.showQuickPick([...items, { label: '$(folder-opened) Another file...' }], {
    title,
    placeHolder: 'A table: CSV, TSV, Parquet or JSON',
  });
  return chosen && (chosen.uri ?? browse());
}

async function browse(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title: 'Which data?',
    openLabel: 'Choose',
    filters: { Tables: [...dataFileTypes], 'All files': ['*'] },
  });
  return chosen?.[0];
}

/** A path as a person would write it from a folder: with slashes, without a leading './'. */
export const pathFrom = (folder: string, file: string): string => relative(folder, file).replaceAll('\\', '/');
