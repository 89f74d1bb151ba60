import type { Uri } from 'vscode';
import type { Candidate, CandidateName } from '../shared/candidate.ts';
import type { ExperimentEdit } from '../shared/results/data-findings.ts';
import type { ImportWishes } from '../shared/study-address.ts';
import type { TrialSection } from '../shared/webview-protocol.ts';

/** What names an experiment: its file as a path (lenses, pages), as a Uri (menus), or a node of the tree. */
export type ExperimentTarget = string | Uri | { readonly file: string };

export interface TrialTarget {
  readonly file: string;
  readonly trial: CandidateName;
}

/** What a model of another program is judged on. */
export interface OutsideModelWishes {
  readonly data: Uri;
  readonly target: string;
  /** Columns that the model does not take. */
  readonly ignore?: readonly string[];
}

/** Every command of the extension with its arguments; what is not given is asked of the person. */
export interface CommandArguments {
  'vitrine.newExperiment': [data?: Uri, target?: string];
  'vitrine.exploreData': [data?: Uri];
  'vitrine.checkData': [experiment?: ExperimentTarget];
  'vitrine.tryRemedy': [file: string, edit: ExperimentEdit];
  'vitrine.run': [experiment?: ExperimentTarget];
  'vitrine.stop': [experiment?: ExperimentTarget];
  'vitrine.openDashboard': [experiment?: ExperimentTarget];
  'vitrine.openTrial': [trial?: TrialTarget | ExperimentTarget, section?: TrialSection];
  'vitrine.explainTrial': [trial?: TrialTarget | ExperimentTarget];
  'vitrine.attackTrial': [trial?: TrialTarget | ExperimentTarget];
  'vitrine.compareModels': [first?: TrialTarget | ExperimentTarget, second?: Candidate];
  'vitrine.showCost': [trial?: TrialTarget | ExperimentTarget];
  'vitrine.openReport': [experiment?: ExperimentTarget];
  'vitrine.exportModel': [trial?: TrialTarget | ExperimentTarget, output?: string];
  'vitrine.writeModelCard': [trial?: TrialTarget | ExperimentTarget, folder?: string];
  'vitrine.openFile': [experiment?: ExperimentTarget];
  'vitrine.openStudy': [file?: Uri, wishes?: ImportWishes];
  'vitrine.openModel': [model?: Uri, wishes?: OutsideModelWishes];
  'vitrine.closeStudy': [study?: ExperimentTarget];
  'vitrine.startEngine': [];
  'vitrine.openLog': [];
}

export type CommandId = keyof CommandArguments;
