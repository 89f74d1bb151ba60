import { Uri, window, workspace } from 'vscode';
import { UserError } from '../shared/faults.ts';
import { addressPath } from '../shared/study-address.ts';
import type { ExperimentTarget } from './command-arguments.ts';
import type { ExperimentFile, Experiments } from './experiments.ts';
import { isExperiment } from './language/selector.ts';

/** Which experiment a command is about: the one given, the one in front, the only one, or the one the person picks. */
export class ExperimentPicker {
  readonly #experiments: Experiments;

  constructor(experiments: Experiments) {
    this.#experiments = experiments;
  }

  /** Undefined where the person breaks off. Throws a UserError where there is none to pick. */
  async pick(
    given: ExperimentTarget | undefined,
    title: string,
    suits: (file: string) => boolean = () => true,
  ): Promise<string | undefined> {
    if (given !== undefined) return fileOf(given);
    const inFront = window.activeTextEditor?.document;
    if (inFront && isExperiment(inFront) && suits(inFront.fileName)) return inFront.fileName;
    const all = (await this.#experiments.listed()).filter(({ file }) => suits(file));
    if (all.length === 0)
      throw new UserError('no-experiment', 'there is no experiment for that here.', {
        advice: "An experiment is a file NAME.vitrine.yaml; 'Vitrine: New Experiment from Data' writes one.",
      });
    return all.length === 1 ? all[0].file : this.#ask(all, title);
  }

  async #ask(all: readonly ExperimentFile[], title: string): Promise<string | undefined> {
    const items = all.map(({ file, name }) => ({
      label: name,
      description: workspace.asRelativePath(addressPath(file)),
      file,
    }));
    return (await window.showQuickPick(items, { title, placeHolder: 'Which experiment?', matchOnDescription: true }))
      ?.file;
  }
}

/** Throws a UserError for a file that is not on this machine's disk, where the engine could not read it. */
export function fileOf(target: ExperimentTarget): string {
  if (typeof target === 'string') return target;
  if (!(target instanceof Uri)) return target.file;
  if (target.scheme === 'file') return target.fsPath;
  throw new UserError('not-on-disk', `${target.toString()} is not on this machine's disk.`, {
    advice: 'Vitrine works on local files, so that nothing leaves the machine: save a copy in a local folder.',
  });
}
