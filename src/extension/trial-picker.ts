import { type QuickPickItem, QuickPickItemKind, Uri, window } from 'vscode';
import { type Candidate, type CandidateName, candidateWords } from '../shared/candidate.ts';
import type { Objective } from '../shared/experiment/experiment.ts';
import { UserError } from '../shared/faults.ts';
import { type FinalLine, finalLines } from '../shared/results/final-models.ts';
import { countWords } from '../shared/results/numbers.ts';
import type { StudySnapshot } from '../shared/results/study.ts';
import type { ExperimentTarget, TrialTarget } from './command-arguments.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { ExperimentPicker } from './experiment-picker.ts';
import { objectiveWords } from './objective-words.ts';

/** Which model a command is about: the one given, or one of the final models or of the leaderboard that the person picks. */
export class TrialPicker {
  readonly #engine: EngineConnection;
  readonly #experiments: ExperimentPicker;

  constructor(engine: EngineConnection, experiments: ExperimentPicker) {
    this.#engine = engine;
    this.#experiments = experiments;
  }

  /** Undefined where the person breaks off. Throws a UserError where no trial has finished. */
  async pick(given: TrialTarget | ExperimentTarget | undefined, title: string): Promise<TrialTarget | undefined> {
    if (isTrial(given)) return given;
    const file = await this.#experiments.pick(given, title);
    if (file === undefined) return undefined;
    const candidate = await this.#choose(file, title, 'Which model?');
    return candidate === undefined ? undefined : { file, trial: candidate };
  }

  /** Another model of the same search. Undefined where the person breaks off. */
  async pickOther({ file, trial }: TrialTarget, title: string): Promise<Candidate | undefined> {
    return this.#choose(file, title, `What is ${candidateWords(trial)} compared with?`, trial);
  }

  async #choose(
    file: string,
    title: string,
    placeHolder: string,
    without?: CandidateName,
  ): Promise<Candidate | undefined> {
    await this.#engine.connect();
    const snapshot = await this.#engine.request('study.show', { file });
    if (snapshot.leaderboard.length === 0)
      throw new UserError('no-trial', 'no trial has finished yet.', {
        advice: 'Run the experiment first.',
        place: { file },
      });
    const offered = items(snapshot).filter(({ candidate }) => candidate === undefined || candidate !== without);
    return (await window.showQuickPick(offered, { title, placeHolder }))?.candidate;
  }
}

interface Item extends QuickPickItem {
  /** Absent on a separator. */
  readonly candidate?: Candidate;
}

function items({ leaderboard, objectives, best, finals }: StudySnapshot): Item[] {
  const trials = leaderboard.map(({ trial, learner, values }) => ({
    label: `${trial === best ? '$(star-full) ' : ''}Trial ${trial}`,
    description: learner,
    detail: objectives.map((objective, i) => objectiveWords(objective, values[i])).join(', '),
    candidate: trial,
  }));
  if (!finals || finals.models.length === 0) return trials;
  return [
    separator('What the search ends with'),
    ...finalLines(finals).map((line) => finalItem(line, finals.objective)),
    separator('Trials, best first'),
    ...trials,
  ];
}

const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });

const finalItem = ({ title, model }: FinalLine, objective: Objective): Item => ({
  label: title,
  description:
    model.trial === null
      ? `of ${countWords(model.members?.length ?? 0, 'model')}`
      : `${model.learner}, trial ${model.trial}`,
  detail: objectiveWords(objective, model.metrics[objective.metric]),
  candidate: model.trial ?? 'ensemble',
});

const isTrial = (given: TrialTarget | ExperimentTarget | undefined): given is TrialTarget =>
  typeof given === 'object' && !(given instanceof Uri) && 'trial' in given && given.trial !== undefined;
