import type { Candidate } from '../../src/shared/candidate.ts';
import type { ModelDetail, StudySnapshot } from '../../src/shared/results/study.ts';
import type { PageContext, TrialSection, WebviewPush } from '../../src/shared/webview-protocol.ts';
import { additiveClassesTrial, additiveTrial } from './fixtures/additive.ts';
import { doubtedStudy, unexplainedStudy } from './fixtures/data-findings.ts';
import * as editing from './fixtures/editing.ts';
import * as ensembles from './fixtures/ensembles.ts';
import { explainedTrials } from './fixtures/explained-trials.ts';
import { examples, surrogate } from './fixtures/explanations.ts';
import { fairStudy, fairTrial } from './fixtures/fair-studies.ts';
import { importedFailure, importedStudy, importedTrial } from './fixtures/imported.ts';
import * as readings from './fixtures/readings.ts';
import * as shapley from './fixtures/shapley.ts';
import { slices } from './fixtures/slices.ts';
import * as studies from './fixtures/studies.ts';
import * as trials from './fixtures/trials.ts';
import * as whyNot from './fixtures/why-not.ts';

/** Something to look at: what the host sends to a page of a certain width. */
export interface Scene {
  readonly name: string;
  readonly surface: 'dashboard' | 'trial';
  readonly width: number;
  readonly pushes: readonly Push[];
  /** Run in the page after the pushes: a tab to open, a toggle to press, each a button's or tab's label. */
  readonly press?: readonly string[];
}
type Push = WebviewPush extends infer P ? (P extends WebviewPush ? Omit<P, 'sequence'> : never) : never;

const experiment = (study: StudySnapshot) => ({ file: study.file, name: study.name });
const dashboardContext = (study: StudySnapshot, changes: Partial<PageContext> = {}): Push => ({
  type: 'context',
  context: {
    engine: { state: 'running' },
    trusted: true,
    subject: { surface: 'dashboard', experiments: [experiment(study)], selected: study.file },
    ...changes,
  },
});

const dashboard = (name: string, study: StudySnapshot, width: number, changes?: Partial<PageContext>): Scene => ({
  name: `dashboard-${name}`,
  surface: 'dashboard',
  width,
  pushes: [dashboardContext(study, changes), { type: 'study', snapshot: study }],
});

const severalExperiments: Partial<PageContext> = {
  subject: {
    surface: 'dashboard',
    experiments: [studies.finishedStudy, studies.binaryStudy, studies.hugeNamesStudy].map(experiment),
    selected: studies.binaryStudy.file,
  },
};

const trialContext = (changes: Partial<PageContext> = {}): Push => ({
  type: 'context',
  context: {
    engine: { state: 'running' },
    trusted: true,
    subject: { surface: 'trial', file: studies.finishedStudy.file, trial: 33 },
    ...changes,
  },
});

const trial = (name: string, detail: ModelDetail, section: TrialSection, more: Partial<Scene> = {}): Scene => ({
  name: `trial-${name}`,
  surface: 'trial',
  width: 980,
  pushes: [trialContext(), { type: 'trial', detail }, { type: 'reveal', section }],
  ...more,
});

/** A number is predicted, from 5,000 columns. */
const valueTrial = { ...trials.regressionTrial, trial: { ...trials.regressionTrial.trial, number: 4 } };

/** One model against another; the explanations of both beneath. */
const compared = (name: string, detail: ModelDetail, width: number, other: Candidate): Scene => ({
  ...trial(name, detail, 'compare', { width }),
  pushes: [trialContext(), { type: 'trial', detail }, { type: 'reveal', section: 'compare', other }],
});

/** What may be set of effects, which are not made yet: columns to tick, and a number. */
const offeringTrial = {
  ...trials.fullTrial,
  explanations: [],
  techniques: trials.fullTrial.techniques.filter(({ kind }) => kind === 'effects'),
};
const slicesTrial = { ...trials.bareTrial, explanations: [slices] };
const emptySlice = { ...slices.slices[0], conditions: [{ column: 'nobody', relation: 'above', value: 90 } as const] };
const emptyTrial = { ...trials.bareTrial, explanations: [{ ...slices, slices: [emptySlice] }] };
const sliceLabel = 'bmi above 30.7 and smoker is yes';

/** A weak slice is chosen: its rows are what every view is of. */
const cohortScenes = [1000, 340].flatMap((width) => [
  trial(`cohort-${width}`, slicesTrial, 'explanation', { width, press: [sliceLabel] }),
  trial(`cohort-rows-${width}`, slicesTrial, 'explanation', { width, press: [sliceLabel, 'Rows', 'Name this cohort'] }),
  trial(`cohort-empty-${width}`, emptyTrial, 'explanation', { width, press: ['nobody above 90'] }),
  trial(`cohort-robustness-${width}`, slicesTrial, 'robustness', { width }),
]);

/** Opens the tab of all models and asks for both. */
const lookedAtModels = ['Models', 'Correlate all models', 'Find what matters to each'];

/** Opens the search's own tab and asks for every analysis. */
const searched = [
  'Search',
  'Look ahead',
  'Find what matters',
  'Draw the dependence',
  'Draw the map',
  'Follow the front',
];

export const scenes: readonly Scene[] = [
  dashboard('searching', studies.searchingStudy, 320),
  dashboard('finished', studies.finishedStudy, 320),
  dashboard('doubted', doubtedStudy, 340),
  dashboard('doubted-wide', doubtedStudy, 1000),
  dashboard('doubted-unexplained', unexplainedStudy, 340),
  dashboard('two-objectives', studies.binaryStudy, 380, severalExperiments),
  dashboard('regression', studies.regressionStudy, 280),
  dashboard('not-run', studies.emptyStudy, 320),
  dashboard('failed', studies.failedStudy, 320),
  dashboard('restricted', studies.emptyStudy, 320, { trusted: false }),
  dashboard('huge-names', studies.hugeNamesStudy, 300),
  dashboard('unreachable', studies.finishedStudy, 320, {
    engine: { state: 'unreachable', message: 'It ended with code 134 while trial 12 was running.' },
  }),
  dashboard('wide', studies.binaryStudy, 1180),
  dashboard('finals', studies.finishedStudy, 1200),
  dashboard('finals-narrow', studies.finishedStudy, 300),
  dashboard('finals-regression', studies.regressionStudy, 760),
  dashboard('finals-searching', { ...studies.searchingStudy, finals: studies.finishedStudy.finals }, 340),
  dashboard('imported', importedStudy, 320),
  dashboard('ten-thousand', studies.manyTrialsStudy, 900),
  dashboard('constrained', studies.constrainedStudy, 480),
  dashboard('fair', fairStudy, 340),
  dashboard('fair-wide', fairStudy, 1000),
  { ...dashboard('models', studies.finishedStudy, 340), press: lookedAtModels },
  { ...dashboard('models-wide', studies.finishedStudy, 1000), press: lookedAtModels },
  { ...dashboard('search', studies.binaryStudy, 340), press: searched },
  { ...dashboard('search-wide', studies.binaryStudy, 1100), press: searched },
  {
    name: 'dashboard-at-rest',
    surface: 'dashboard',
    width: 320,
    pushes: [dashboardContext(studies.emptyStudy, { engine: { state: 'off' } })],
  },
  {
    name: 'dashboard-starting',
    surface: 'dashboard',
    width: 320,
    pushes: [dashboardContext(studies.emptyStudy, { engine: { state: 'starting' } })],
  },
  {
    name: 'dashboard-fault',
    surface: 'dashboard',
    width: 320,
    pushes: [
      dashboardContext(studies.emptyStudy),
      {
        type: 'fault',
        fault: {
          code: 'store-corrupt',
          message: '.vitrine/vitrine.db is not a store that this version can read.',
          advice: 'It was kept aside as vitrine.db.damaged; run again to begin a new one.',
        },
      },
    ],
  },
  {
    name: 'dashboard-no-experiment',
    surface: 'dashboard',
    width: 320,
    pushes: [
      dashboardContext(studies.emptyStudy, { subject: { surface: 'dashboard', experiments: [], selected: null } }),
    ],
  },
  trial('explanation', trials.fullTrial, 'explanation'),
  ...[340, 1000].map((width) =>
    trial(`technique-options-${width}`, offeringTrial, 'explanation', { width, press: ['Options'] }),
  ),
  trial('why', trials.fullTrial, 'why'),
  trial('why-narrow', trials.fullTrial, 'why', { width: 420 }),
  trial('why-pruned', trials.prunedTrial, 'why'),
  trial('robustness', trials.fullTrial, 'robustness'),
  trial('cost', trials.fullTrial, 'cost'),
  trial('configuration', trials.fullTrial, 'configuration'),
  trial('configuration-fair', fairTrial, 'configuration'),
  trial('architecture', trials.fullTrial, 'architecture'),
  trial(
    'explained-row',
    {
      ...trials.fullTrial,
      explanations: [trials.importance, surrogate, examples],
    },
    'explanation',
    { press: ['In words'] },
  ),
  trial('additive', additiveTrial, 'explanation', { press: ['Show 2 more'] }),
  trial('additive-narrow', additiveTrial, 'explanation', { width: 420 }),
  trial('additive-classes', additiveClassesTrial, 'explanation', { press: ['In words'] }),
  trial('edit', editing.editedTrial, 'explanation', { width: 1000, press: ['Edit this model', 'Never falls'] }),
  trial('edit-narrow', editing.editedTrial, 'explanation', { width: 340, press: ['Edit this model', 'Never falls'] }),
  trial('edit-saved', editing.editedTrial, 'explanation', {
    press: ['Edit this model', 'Drop', 'Save as edited model'],
  }),
  trial('edit-levels', editing.editedClassesTrial, 'explanation', { press: ['Edit this model'] }),
  trial('edit-tree', editing.editedTreeTrial, 'explanation', { press: ['Edit this model', 'Prune to a leaf'] }),
  trial('edit-rules', editing.editedRulesTrial, 'explanation', { width: 340, press: ['Edit this model', 'Drop it'] }),
  ...Object.entries({
    weights: readings.weightsTrial,
    'weights-classes': readings.weightsClassesTrial,
    tree: readings.treeTrial,
    'deep-tree': readings.deepTreeTrial,
    rules: readings.rulesTrial,
    witnesses: readings.witnessesTrial,
    constant: readings.constantTrial,
  }).flatMap(([name, detail]) => [
    trial(`reading-${name}`, detail, 'explanation', { width: 1000 }),
    trial(`reading-${name}-narrow`, detail, 'explanation', { width: 340 }),
  ]),
  ...Object.entries(explainedTrials).flatMap(([name, explanations]) =>
    [1000, 340].map((width) =>
      trial(`${name}-${width}`, { ...trials.bareTrial, explanations }, 'explanation', { width, press: ['In words'] }),
    ),
  ),
  ...Object.entries({ shapley: shapley.shapleyTrial, 'shapley-partial': shapley.shapleyPartialTrial }).flatMap(
    ([name, detail]) => [
      trial(name, detail, 'explanation', { width: 1000 }),
      trial(`${name}-narrow`, detail, 'explanation', { width: 340 }),
    ],
  ),
  ...Object.entries({
    anchors: whyNot.anchors,
    'anchors-weak': whyNot.weakAnchors,
    'anchors-none': whyNot.noAnchors,
    counterfactuals: whyNot.counterfactuals,
    'counterfactuals-none': whyNot.noCounterfactuals,
    contrast: whyNot.contrast,
    'contrast-value': whyNot.valueContrast,
  }).flatMap(([name, result]) => {
    const detail = { ...trials.bareTrial, explanations: [result] };
    return [
      trial(name, detail, 'explanation', { width: 1000 }),
      trial(`${name}-narrow`, detail, 'explanation', { width: 340 }),
    ];
  }),
  ...[1000, 340].flatMap((width) => [
    compared(`compare-${width}`, trials.fullTrial, width, 'ensemble'),
    compared(`compare-values-${width}`, trials.regressionTrial, width, 29),
    trial(`ensemble-${width}`, ensembles.ensemble, 'explanation', { width }),
    trial(`ensemble-cost-${width}`, ensembles.ensemble, 'cost', { width }),
    trial(`ensemble-members-${width}`, ensembles.ensemble, 'configuration', { width }),
    trial(`ensemble-bare-${width}`, ensembles.bareEnsemble, 'explanation', { width }),
  ]),
  ...[1000, 340].flatMap((width) => [
    trial(`what-if-${width}`, trials.fullTrial, 'whatIf', { width, press: ['Apply'] }),
    trial(`data-steps-${width}`, trials.fullTrial, 'data', { width }),
  ]),
  trial('what-if-value-340', valueTrial, 'whatIf', { width: 340 }),
  ...cohortScenes,
  trial('bare', trials.bareTrial, 'explanation'),
  trial('bare-cost', trials.bareTrial, 'cost'),
  trial('failed', trials.failedTrial, 'explanation'),
  trial('huge', trials.hugeTrial, 'explanation', { width: 460 }),
  trial('unreliable', trials.hugeTrial, 'robustness', { width: 560 }),
  trial('regression', trials.regressionTrial, 'robustness'),
  trial('imported', importedTrial, 'explanation'),
  trial('imported-failure', importedFailure, 'configuration'),
  trial('attacking', trials.bareTrial, 'robustness', { press: ['Attack this trial'] }),
  trial('refused', trials.bareTrial, 'explanation', { press: ['Explain this trial'] }),
];
