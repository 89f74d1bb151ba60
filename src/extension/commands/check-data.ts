import { basename } from 'node:path';
import { type ExtensionContext, commands as editorCommands, Uri, window } from 'vscode';
import { type DataFindings, worstFindingWords } from '../../shared/results/data-findings.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { ExperimentTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';
import type { DataDiagnostics } from '../language/data-diagnostics.ts';
import type { Diagnostics } from '../language/diagnostics.ts';
import { readExperiment } from '../language/read-experiment.ts';
import { isExperiment } from '../language/selector.ts';
import { withProgress } from '../progress.ts';
import { requireTrust } from '../trust.ts';

export interface CheckDataParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: ExperimentPicker;
  readonly diagnostics: Diagnostics;
  readonly dataDiagnostics: DataDiagnostics;
}

/** Looks for what is wrong with the data of an experiment, and shows it on the file with what can be done about it. */
export class CheckData implements Contribution {
  readonly #parts: CheckDataParts;

  constructor(parts: CheckDataParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.checkData', this.#check));
  }

  /** Answers what was found. */
  readonly #check = async (given?: ExperimentTarget): Promise<DataFindings | undefined> => {
    requireTrust('Checking data');
    const { engine, picker, diagnostics, dataDiagnostics } = this.#parts;
    const file = await picker.pick(given, 'Check the data of an experiment', (candidate) =>
      isExperiment({ fileName: candidate }),
    );
    if (file === undefined) return undefined;
    const { experiment, found } = await withProgress(`checking the data of ${basename(file)}`, async (options) => {
      await engine.connect();
      const read = await readExperiment(file, diagnostics);
      return { experiment: read, found: await engine.request('data.check', { experiment: read }, options) };
    });
    const { document } = await window.showTextDocument(Uri.file(file));
    dataDiagnostics.keep(document.uri, experiment, found);
    void tell(file, found);
    return found;
  };
}

async function tell(file: string, found: DataFindings): Promise<void> {
  const open = 'Show problems';
  const checked = `${countWords(found.done.length, 'check')} of the data of ${basename(file)}`;
  const serious = worstFindingWords(found);
  const words = [`${checked}: ${serious ?? 'nothing beyond notes was found.'}`, found.partial ?? ''].join(' ').trim();
  if (found.findings.length === 0) return void window.showInformationMessage(words);
  const show = serious ? window.showWarningMessage : window.showInformationMessage;
  if ((await show(words, open)) === open) await editorCommands.executeCommand('workbench.actions.view.problems');
}
