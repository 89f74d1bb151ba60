import { basename, dirname, extname, join } from 'node:path';
import { type ExtensionContext, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { experimentTemplate } from '../../language/index.ts';
import { UserError } from '../../shared/faults.ts';
import type { DataInspection } from '../../shared/operations/operations.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import { pathFrom, pickDataFile } from '../data-files.ts';
import type { EngineConnection } from '../engine-connection.ts';
import { fileOf } from '../experiment-picker.ts';
import { withProgress } from '../progress.ts';
import { requireTrust } from '../trust.ts';

export interface NewExperimentParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
}

/** From a table to an experiment file: which data, which column to predict, where to write it. */
export class NewExperiment implements Contribution {
  readonly #parts: NewExperimentParts;

  constructor(parts: NewExperimentParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.newExperiment', this.#create));
  }

  /** Answers the path of the new file. */
  readonly #create = async (given?: Uri, target?: string): Promise<string | undefined> => {
    requireTrust('Looking into data');
    const data = given ?? (await pickDataFile());
    if (!data) return undefined;
    const path = fileOf(data);
    const inspection = await withProgress(`reading ${basename(path)}`, async (options) => {
      await this.#parts.engine.connect();
      return this.#parts.engine.request('data.inspect', { path }, options);
    });
    const column = target ?? (await pickTarget(inspection));
    if (column === undefined) return undefined;
    const file = await freePath(path);
    if (file === undefined) return undefined;
    const dataPath = pathFrom(dirname(file), path);
    const text = experimentTemplate({ dataPath, target: column, columns: inspection.columns });
    await workspace.fs.writeFile(Uri.file(file), Buffer.from(text));
    await window.showTextDocument(Uri.file(file));
    return file;
  };
}

/** The column that suits best comes first, with the reason. */
async function pickTarget({ path, rowCount, columns, suggestedTarget }: DataInspection): Promise<string | undefined> {
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

/** NAME.vitrine.yaml beside the data; where that is taken, the person says another name. */
async function freePath(data: string): Promise<string | undefined> {
  const folder = dirname(data);
  const name = basename(data, extname(data));
  const suggested = join(folder, `${name}.vitrine.yaml`);
  if (!(await exists(suggested))) return suggested;
  const given = await window.showInputBox({
    title: `${basename(suggested)} is already there`,
    prompt: 'Another name for the new experiment file',
    value: `${name}-2`,
    validateInput: async (typed) => {
      if (!/^[^\\/:*?"<>|]+$/.test(typed)) return 'A file name, without slashes.';
      return (await exists(join(folder, `${typed}.vitrine.yaml`))) ? 'This one is there too.' : undefined;
    },
  });
  return given && join(folder, `${given}.vitrine.yaml`);
}

async function exists(path: string): Promise<boolean> {
  return workspace.fs.stat(Uri.file(path)).then(
    () => true,
    () => false,
  );
}
