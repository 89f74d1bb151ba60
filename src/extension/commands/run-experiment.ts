import { basename } from 'node:path';
import type { ExtensionContext } from 'vscode';
import type { ExperimentTarget } from '../command-arguments.ts';
import { type Commands, execute } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';
import type { Diagnostics } from '../language/diagnostics.ts';
import { readExperiment } from '../language/read-experiment.ts';
import { isExperiment } from '../language/selector.ts';
import { withProgress } from '../progress.ts';
import { setting } from '../settings.ts';
import type { Studies } from '../studies.ts';
import { requireTrust } from '../trust.ts';

export interface RunParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: ExperimentPicker;
  readonly diagnostics: Diagnostics;
  readonly studies: Studies;
}

/** Checks an experiment file and starts its search, or goes on with it. */
export class RunExperiment implements Contribution {
  readonly #parts: RunParts;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.run', this.#run));
  }

  /** Answers the file that now runs. */
  readonly #run = async (given?: ExperimentTarget): Promise<string | undefined> => {
    requireTrust('Training');
    const { engine, picker, diagnostics, studies } = this.#parts;
    const file = await picker.pick(given, 'Run experiment', (candidate) => isExperiment({ fileName: candidate }));
    if (file === undefined) return undefined;
    await withProgress(`Preparing ${basename(file)}`, async (options) => {
      await engine.connect();
      const experiment = await readExperiment(file, diagnostics);
      await engine.request('run.start', { experiment }, options);
    });
    if (setting('run.openDashboard')) await execute('vitrine.openDashboard', file);
    await studies.followRun(file);
    return file;
  };
}
