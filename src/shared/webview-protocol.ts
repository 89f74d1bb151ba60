import { type Candidate, type CandidateName, isCandidate, isCandidateName } from './candidate.ts';
import type { Input, OperationName, Output } from './operations/operations.ts';
import type { ExperimentEdit } from './results/data-findings.ts';
import type { ModelDetail, StudySnapshot } from './results/study.ts';

/**
 * All that crosses between the extension host and a page. Bundles register their root element:
 *   dist/webview/dashboard.js  <vitrine-dashboard>   view, surface 'dashboard'
 *   dist/webview/trial.js      <vitrine-trial>       panel, surface 'trial'
 * The page says `ready` once it listens (again after each reload and when its context was lost); the host answers with
 * `context` and then a whole `study` or `trial`, and again whenever a hidden page becomes visible. Pages keep no results.
 */
export const protocolVersion = 1;

export const surfaces = ['dashboard', 'trial'] as const;
export type Surface = (typeof surfaces)[number];

export const trialSections = [
  'explanation',
  'whatIf',
  'data',
  'robustness',
  'compare',
  'cost',
  'why',
  'configuration',
  'architecture',
] as const;
export type TrialSection = (typeof trialSections)[number];

/** What of a study the dashboard shows: its results, all models at once, or what the search says of itself. */
export const dashboardParts = ['results', 'models', 'search'] as const;
export type DashboardPart = (typeof dashboardParts)[number];

/** The only operations that a page may call; the host refuses any other. */
export const webviewOperations = [
  'study.show',
  'study.energy',
  'trial.show',
  'ensemble.show',
  'trial.explain',
  'trial.attack',
  'edit.preview',
  'edit.save',
  'edit.list',
  'edit.remove',
  'trial.whatIf',
  'trial.steps',
  'models.compare',
  'models.correlation',
  'models.importances',
  'cohort.show',
  'cohort.list',
  'cohort.keep',
  'cohort.forget',
  'search.why',
  'search.record',
  'search.runs',
  'search.importance',
  'search.importanceAlongFront',
  'search.dependence',
  'search.footprint',
  'search.outlook',
] as const satisfies readonly OperationName[];
export type WebviewOperation = (typeof webviewOperations)[number];

/** What a page asks the editor to do; there is no answer, the effect arrives as a push. */
export interface WebviewCommands {
  run: { readonly file: string };
  stop: { readonly file: string };
  checkData: { readonly file: string };
  /** A copy of the experiment file with this one change. */
  tryRemedy: { readonly file: string; readonly edit: ExperimentEdit };
  /** Another experiment for the dashboard. */
  selectExperiment: { readonly file: string };
  newExperiment: Record<string, never>;
  openTrial: { readonly file: string; readonly trial: Candidate; readonly section?: TrialSection };
  /** The first in a panel of its own, beside the second. */
  compareModels: { readonly file: string; readonly first: Candidate; readonly second: Candidate };
  openFile: { readonly file: string };
  openReport: { readonly file: string };
  openDashboard: { readonly file: string };
  exportModel: { readonly file: string; readonly trial: Candidate };
  writeModelCard: { readonly file: string; readonly trial: Candidate };
  /** Starts the engine again after it could not be reached. */
  retryEngine: Record<string, never>;
  openLog: Record<string, never>;
  manageTrust: Record<string, never>;
  /** Asks where to and writes: a table as CSV, a chart as PNG. */
  save: { readonly name: string; readonly content: string; readonly encoding: 'utf8' | 'base64' };
}
export type WebviewCommand = keyof WebviewCommands;

/** A fault in words for a person; `advice` says what to do. */
export interface WebviewFault {
  readonly message: string;
  readonly advice?: string;
  /** Of UserError; 'cancelled' where the person cancelled; absent for a fault of ours. */
  readonly code?: string;
}

export interface EngineState {
  /** 'off': not started, because nothing needed it yet or because the folder is not trusted. */
  readonly state: 'off' | 'starting' | 'running' | 'unreachable';
  /** Why it cannot be reached, in words. */
  readonly message?: string;
}

/** What surrounds the results: sent after `ready` and whenever any of it differs. */
export interface PageContext {
  readonly engine: EngineState;
  /** False in a restricted workspace: read and check, never train. */
  readonly trusted: boolean;
  readonly subject:
    | {
        readonly surface: 'dashboard';
        readonly experiments: readonly { readonly file: string; readonly name: string }[];
        /** The one whose snapshots follow; null where there is none. */
        readonly selected: string | null;
      }
    | { readonly surface: 'trial'; readonly file: string; readonly trial: CandidateName };
}

export type WebviewRequest = {
  [N in WebviewOperation]: {
    readonly type: 'request';
    readonly id: number;
    readonly operation: N;
    readonly input: Input<N>;
  };
}[WebviewOperation];

export type CommandMessage = {
  [C in WebviewCommand]: { readonly type: 'command'; readonly command: C; readonly input: WebviewCommands[C] };
}[WebviewCommand];

export type MessageToHost =
  | { readonly type: 'ready'; readonly protocol: number; readonly surface: Surface }
  | WebviewRequest
  | { readonly type: 'cancel'; readonly id: number }
  | CommandMessage
  /** Something in the page broke; the host writes it to the log. */
  | { readonly type: 'pageFault'; readonly message: string };

export type WebviewResponse =
  | {
      [N in WebviewOperation]: {
        readonly type: 'response';
        readonly id: number;
        readonly operation: N;
        readonly output: Output<N>;
      };
    }[WebviewOperation]
  | { readonly type: 'refusal'; readonly id: number; readonly fault: WebviewFault };

/** Pushes; `sequence` grows by the host's own count within one page, and a page drops what is older than what it shows. */
export type WebviewPush =
  | { readonly type: 'context'; readonly sequence: number; readonly context: PageContext }
  | { readonly type: 'study'; readonly sequence: number; readonly snapshot: StudySnapshot }
  | { readonly type: 'trial'; readonly sequence: number; readonly detail: ModelDetail }
  /** The study or trial could not be read. */
  | { readonly type: 'fault'; readonly sequence: number; readonly fault: WebviewFault }
  /** Shows a section of the trial panel; with `start` its analysis begins, its progress seen in the panel. */
  | {
      readonly type: 'reveal';
      readonly sequence: number;
      readonly section: TrialSection;
      readonly start?: 'explain' | 'attack';
      /** The model to compare with. */
      readonly other?: Candidate;
    };

export type MessageToPage =
  | WebviewResponse
  /** A sign of life of a costly request; `share` from 0 to 1, null where unknown. */
  | { readonly type: 'progress'; readonly id: number; readonly share: number | null; readonly words: string }
  | WebviewPush;

/** Kept by `setState`: where the person was, never results. The serializer of the trial panel reads `file` and `trial`. */
export interface PersistedState {
  readonly version: 1;
  readonly file: string | null;
  readonly trial: CandidateName | null;
  readonly section: TrialSection;
  /** What the trial is compared with. */
  readonly other: Candidate | null;
  readonly part: DashboardPart;
  readonly scroll: number;
  /** Name of the cohort that is looked at; null: all rows are. */
  readonly cohort: string | null;
}

export const initialState: PersistedState = {
  version: 1,
  file: null,
  trial: null,
  section: 'explanation',
  other: null,
  part: 'results',
  scroll: 0,
  cohort: null,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The state as kept, or the initial one where it was kept by another version or damaged. */
export function readState(kept: unknown): PersistedState {
  if (!isRecord(kept) || kept.version !== 1) return initialState;
  const { file, trial, section, other, part, scroll, cohort } = kept;
  const knownSection = trialSections.find((known) => known === section) ?? initialState.section;
  return {
    version: 1,
    file: typeof file === 'string' ? file : null,
    trial: isCandidateName(trial) ? trial : null,
    section: knownSection,
    other: isCandidate(other) ? other : null,
    part: dashboardParts.find((known) => known === part) ?? initialState.part,
    scroll: typeof scroll === 'number' && Number.isFinite(scroll) && scroll > 0 ? scroll : 0,
    cohort: typeof cohort === 'string' ? cohort : null,
  };
}

/**
 * Checks the frame of what a page sent: known type, operation and command. The inputs of operations are checked by their
 * schemas in the engine. Undefined where it is none of ours.
 */
export function readMessageToHost(message: unknown): MessageToHost | undefined {
  if (!isRecord(message)) return undefined;
  const known = () => message as unknown as MessageToHost;
  switch (message.type) {
    case 'ready':
      return typeof message.protocol === 'number' && isOneOf(surfaces, message.surface) ? known() : undefined;
    case 'request':
      return isId(message.id) && isOneOf(webviewOperations, message.operation) && isRecord(message.input)
        ? known()
        : undefined;
    case 'cancel':
      return isId(message.id) ? known() : undefined;
    case 'command':
      return isRecord(message.input) && isCommand(message.command, message.input) ? known() : undefined;
    case 'pageFault':
      return typeof message.message === 'string' ? known() : undefined;
    default:
      return undefined;
  }
}

const isOneOf = (list: readonly string[], value: unknown): boolean => typeof value === 'string' && list.includes(value);
const isId = (value: unknown): value is number => Number.isSafeInteger(value);

const isText = (value: unknown): value is string => typeof value === 'string';
const nothing = (): boolean => true;
const isEdit = ({ how, key, value }: Record<string, unknown>): boolean =>
  isOneOf(['set', 'add'], how) &&
  Array.isArray(key) &&
  key.length > 0 &&
  key.every(isText) &&
  (isText(value) || typeof value === 'number' || (Array.isArray(value) && value.every(isText)));
const aFile = ({ file }: Record<string, unknown>): boolean => isText(file);

/** What each command's input must be; every command has its line, so that none arrives unchecked. */
const commandInputs: Readonly<Record<WebviewCommand, (input: Record<string, unknown>) => boolean>> = {
  run: aFile,
  stop: aFile,
  checkData: aFile,
  tryRemedy: ({ file, edit }) => isText(file) && isRecord(edit) && isEdit(edit),
  selectExperiment: aFile,
  newExperiment: nothing,
  openTrial: ({ file, trial, section }) =>
    isText(file) && isCandidate(trial) && (section === undefined || isOneOf(trialSections, section)),
  compareModels: ({ file, first, second }) => isText(file) && isCandidate(first) && isCandidate(second),
  openFile: aFile,
  openReport: aFile,
  openDashboard: aFile,
  exportModel: ({ file, trial }) => isText(file) && isCandidate(trial),
  writeModelCard: ({ file, trial }) => isText(file) && isCandidate(trial),
  retryEngine: nothing,
  openLog: nothing,
  manageTrust: nothing,
  save: ({ name, content, encoding }) =>
    isText(name) && !/[\\/]/.test(name) && isText(content) && isOneOf(['utf8', 'base64'], encoding),
};
export const webviewCommands = Object.keys(commandInputs) as WebviewCommand[];

const isCommand = (command: unknown, input: Record<string, unknown>): boolean =>
  isOneOf(webviewCommands, command) && commandInputs[command as WebviewCommand](input);
