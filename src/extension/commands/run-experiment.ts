import { basename } from 'node:path';
import { type ExtensionContext, Uri } from 'vscode';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { ExperimentTarget } from '../command-arguments.ts';
import { type Commands, execute } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';
import type { DataDiagnostics } from '../language/data-diagnostics.ts';
import type { Diagnostics } from '../language/diagnostics.ts';
import { readExperiment } from '../language/read-experiment.ts';
import { isExperiment } from '../language/selector.ts';
import { withProgress } from '../progress.ts';
import { setting } from '../settings.ts';
import { isUnderWay, type Studies } from '../studies.ts';
import { requireTrust } from '../trust.ts';

export interface RunParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: ExperimentPicker;
  readonly diagnostics: Diagnostics;
  readonly dataDiagnostics: DataDiagnostics;
  readonly studies: Studies;
}

/** Checks an experiment file and starts its search, or goes on with it. */
export class RunExperiment implements Contribution {
  readonly #parts: RunParts;
  /** As they were when their run began: what it finds in the data is true of them. */
  readonly #started = new Map<string, Experiment>();

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    const { commands, studies } = this.#parts;
    context.subscriptions.push(
      commands.register('vitrine.run', this.#run),
      studies.onChanged((file) => this.#showFindings(file)),
    );
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
      this.#started.set(file, experiment);
    });
    if (setting('run.openDashboard')) await execute('vitrine.openDashboard', file);
    await studies.followRun(file);
    return file;
  };

  #showFindings(file: string): void {
    const experiment = this.#started.get(file);
    const { snapshot } = this.#parts.studies.of(file);
    // Until it is prepared the study may be the one before.
    if (!experiment || !snapshot || snapshot.run === 'preparing') return;
    if (snapshot.findings) this.#parts.dataDiagnostics.keep(Uri.file(file), experiment, snapshot.findings);
    if (!isUnderWay(snapshot.run)) this.#started.delete(file);
  }
}
