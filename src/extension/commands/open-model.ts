import { basename, dirname } from 'node:path';
import { type ExtensionContext, type Uri, window } from 'vscode';
import { outsideLearner, outsideModelExperiment } from '../../language/index.ts';
import { UserError } from '../../shared/faults.ts';
import type { DataInspection } from '../../shared/operations/operations.ts';
import type { OutsideModelWishes } from '../command-arguments.ts';
import { type Commands, execute } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import { pathFrom, pickDataFile } from '../data-files.ts';
import type { EngineConnection } from '../engine-connection.ts';
import { fileOf } from '../experiment-picker.ts';
import type { OpenedStudies } from '../opened-studies.ts';
import { withProgress } from '../progress.ts';
import type { Studies } from '../studies.ts';
import { pickTarget } from '../target-picker.ts';
import { requireTrust } from '../trust.ts';

export interface OpenModelParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly opened: OpenedStudies;
  readonly studies: Studies;
}

/** Judges, explains and attacks an ONNX model of another program on a table, in a study that has the model's name. */
export class OpenModel implements Contribution {
  readonly #parts: OpenModelParts;

  constructor(parts: OpenModelParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.openModel', this.#open));
  }

  /** Answers the path of the model, by which its study is called. Throws a UserError where the model and the table do not fit. */
  readonly #open = async (given?: Uri, wished?: OutsideModelWishes): Promise<string | undefined> => {
    requireTrust('Looking into a model');
    const model = given ?? (await browse());
    if (!model) return undefined;
    const file = fileOf(model);
    const wishes = wished ?? (await this.#ask(file));
    if (!wishes) return undefined;
    const { data, target, ignore = [] } = wishes;
    const path = pathFrom(dirname(file), fileOf(data));
    const experiment = outsideModelExperiment(file, { data: path, target, ignore });
    const { engine, opened, studies } = this.#parts;
    await withProgress(`opening ${basename(file)}`, async (options) => {
      await engine.connect();
      await engine.request('run.start', { experiment, fresh: true }, options);
    });
    await opened.open(file);
    await execute('vitrine.openDashboard', file);
    await studies.followRun(file);
    await engine.request('run.wait', { file });
    await this.#checkTrial(file);
    return file;
  };

  /** Which table, which column and which of the others; undefined where the person breaks off. */
  async #ask(file: string): Promise<OutsideModelWishes | undefined> {
    const title = `Open ${basename(file)}`;
    const data = await pickDataFile(`${title}: on which data?`);
    if (!data) return undefined;
    const path = fileOf(data);
    const inspection = await withProgress(`reading ${basename(path)}`, async (options) => {
      await this.#parts.engine.connect();
      return this.#parts.engine.request('data.inspect', { path }, options);
    });
    const target = await pickTarget(inspection);
    if (target === undefined) return undefined;
    const ignore = await pickIgnored(title, inspection, target);
    return ignore && { data, target, ignore };
  }

  /** A model that does not fit fails its trial, which knows why. */
  async #checkTrial(file: string): Promise<void> {
    const { trials } = await this.#parts.engine.request('trials.list', { file });
    const trial = trials.find(({ learner }) => learner === outsideLearner);
    if (trial?.state === 'failed')
      throw new UserError('onnx-model', trial.message ?? 'the model could not be read.', { place: { file } });
  }
}

async function browse(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title: 'Open a model of another program (scikit-learn, LightGBM, PyTorch, ...), exported as ONNX',
    openLabel: 'Open in Vitrine',
    filters: { 'ONNX models': ['onnx'], 'All files': ['*'] },
  });
  return chosen?.[0];
}

/** The columns that a person takes out, of those beside the target. */
async function pickIgnored(
  title: string,
  { columns }: DataInspection,
  target: string,
): Promise<readonly string[] | undefined> {
  const others = columns.filter(({ name }) => name !== target);
  const items = others.map(({ name, type }) => ({ label: name, description: type, picked: true }));
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: 'Which columns does the model take?',
    canPickMany: true,
  });
  if (!chosen) return undefined;
  const taken = new Set(chosen.map(({ label }) => label));
  return others.map(({ name }) => name).filter((name) => !taken.has(name));
}
