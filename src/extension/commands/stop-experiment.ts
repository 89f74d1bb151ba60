import type { ExtensionContext } from 'vscode';
import type { ExperimentTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';
import type { Studies } from '../studies.ts';

export interface StopParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: ExperimentPicker;
  readonly studies: Studies;
}

/** Ends a search; what has finished stays, and the best trial is still refitted and analysed. */
export class StopExperiment implements Contribution {
  readonly #parts: StopParts;

  constructor(parts: StopParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.stop', this.#stop));
  }

  /** Answers whether a run was stopped. */
  readonly #stop = async (given?: ExperimentTarget): Promise<boolean | undefined> => {
    const { engine, picker, studies } = this.#parts;
    const file = await picker.pick(given, 'Stop experiment', (candidate) => studies.running.includes(candidate));
    if (file === undefined) return undefined;
    const { stopped } = await engine.request('run.stop', { file });
    await studies.refresh(file);
    return stopped;
  };
}
