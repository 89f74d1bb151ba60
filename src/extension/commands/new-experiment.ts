import { basename, dirname, extname, join } from 'node:path';
import { type ExtensionContext, Uri, window, workspace } from 'vscode';
import { experimentTemplate } from '../../language/index.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import { pathFrom, pickDataFile } from '../data-files.ts';
import type { EngineConnection } from '../engine-connection.ts';
import { fileOf } from '../experiment-picker.ts';
import { withProgress } from '../progress.ts';
import { pickTarget } from '../target-picker.ts';
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
