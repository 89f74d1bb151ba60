import { join } from 'node:path';
import { type ExtensionContext, window, workspace } from 'vscode';
import { CheckData } from './commands/check-data.ts';
import { ExploreData } from './commands/explore-data.ts';
import { ExportModel } from './commands/export-model.ts';
import { NewExperiment } from './commands/new-experiment.ts';
import { OpenFile } from './commands/open-file.ts';
import { OpenLog } from './commands/open-log.ts';
import { OpenModel } from './commands/open-model.ts';
import { OpenReport } from './commands/open-report.ts';
import { OpenStudy } from './commands/open-study.ts';
import { RunExperiment } from './commands/run-experiment.ts';
import { StartEngine } from './commands/start-engine.ts';
import { StopExperiment } from './commands/stop-experiment.ts';
import { TryRemedy } from './commands/try-remedy.ts';
import { WriteModelCard } from './commands/write-model-card.ts';
import { Commands } from './commands.ts';
import { ContextKeys } from './context-keys.ts';
import type { Contribution } from './contribution.ts';
import { EngineConnection } from './engine-connection.ts';
import { ExperimentPicker } from './experiment-picker.ts';
import { Experiments } from './experiments.ts';
import { FaultMessages } from './fault-messages.ts';
import { Completions } from './language/completions.ts';
import { DataDiagnostics } from './language/data-diagnostics.ts';
import { Diagnostics } from './language/diagnostics.ts';
import { ExperimentContext } from './language/experiment-context.ts';
import { Hovers } from './language/hovers.ts';
import { Lenses } from './language/lenses.ts';
import { QuickFixes } from './language/quick-fixes.ts';
import { OpenedStudies } from './opened-studies.ts';
import { RunStatus } from './run-status.ts';
import { Studies } from './studies.ts';
import { TrialPicker } from './trial-picker.ts';
import { Dashboard } from './views/dashboard.ts';
import { ExperimentTree } from './views/experiment-tree.ts';
import { PageCommands } from './views/page-commands.ts';
import { TrialPanels } from './views/trial-panels.ts';

/** Puts the parts together; each then adds itself to the editor. */
export function activate(context: ExtensionContext): void {
  const { extensionUri } = context;
  const log = window.createOutputChannel('Vitrine', { log: true });
  const faults = new FaultMessages(log);
  const commands = new Commands(faults);
  const engine = new EngineConnection(
    {
      serverProgram: join(context.extensionPath, 'dist/engine/server.js'),
      // Without a folder all windows of the user share one engine.
      workspaceFolder: workspace.workspaceFolders?.[0]?.uri.fsPath ?? context.globalStorageUri.fsPath,
    },
    log,
  );
  const opened = new OpenedStudies(context.workspaceState);
  const experiments = new Experiments(log, opened);
  const studies = new Studies(engine, faults);
  const surroundings = new ExperimentContext(engine);
  const diagnostics = new Diagnostics(surroundings, engine, faults);
  const dataDiagnostics = new DataDiagnostics();
  const picker = new ExperimentPicker(experiments);
  const trialPicker = new TrialPicker(engine, picker);
  const pages = {
    engine,
    faults,
    pageCommands: new PageCommands(faults),
    extensionUri,
    commands,
    experiments,
    studies,
  };
  const contributions: readonly Contribution[] = [
    engine,
    studies,
    experiments,
    new ContextKeys(experiments, studies, engine),
    new ExperimentTree(experiments, studies, engine),
    new Dashboard({ ...pages, picker }),
    new TrialPanels({ ...pages, picker: trialPicker }),
    new RunStatus(studies, engine),
    diagnostics,
    dataDiagnostics,
    new Completions(surroundings),
    new Hovers(surroundings),
    new Lenses(studies),
    new QuickFixes(surroundings),
    new NewExperiment({ commands, engine }),
    new ExploreData({ commands, engine }),
    new CheckData({ commands, engine, picker, diagnostics, dataDiagnostics }),
    new TryRemedy(commands),
    new RunExperiment({ commands, engine, picker, diagnostics, dataDiagnostics, studies }),
    new StopExperiment({ commands, engine, picker, studies }),
    new OpenReport({ commands, engine, picker }),
    new ExportModel({ commands, engine, picker: trialPicker }),
    new WriteModelCard({ commands, engine, picker: trialPicker, diagnostics }),
    new OpenStudy({ commands, engine, opened }),
    new OpenModel({ commands, engine, opened, studies }),
    new OpenFile(commands, picker),
    new StartEngine(commands, engine),
    new OpenLog(commands, log),
  ];
  for (const contribution of contributions) contribution.register(context);
  engine.findRunning().catch((error: unknown) => faults.note(error));
}
