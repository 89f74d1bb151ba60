import { type QuickPickItem, Uri, window } from 'vscode';
import { UserError } from '../shared/faults.ts';
import type { StudySnapshot } from '../shared/results/study.ts';
import type { ExperimentTarget, TrialTarget } from './command-arguments.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { ExperimentPicker } from './experiment-picker.ts';
import { objectiveWords } from './objective-words.ts';

/** Which trial a command is about: the one given, or one of the leaderboard that the person picks. */
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
    await this.#engine.connect();
    const snapshot = await this.#engine.request('study.show', { file });
    if (snapshot.leaderboard.length === 0)
      throw new UserError('no-trial', 'no trial has finished yet.', {
        advice: 'Run the experiment first.',
        place: { file },
      });
    const chosen = await window.showQuickPick(items(snapshot), { title, placeHolder: 'Which trial?' });
    return chosen && { file, trial: chosen.trial };
  }
}

const items = ({ leaderboard, objectives, best }: StudySnapshot): (QuickPickItem & { trial: number })[] =>
  leaderboard.map(({ trial, learner, values }) => ({
    label: `${trial === best ? '$(star-full) ' : ''}Trial ${trial}`,
    description: learner,
    detail: objectives.map((objective, i) => objectiveWords(objective, values[i])).join(', '),
    trial,
  }));

const isTrial = (given: TrialTarget | ExperimentTarget | undefined): given is TrialTarget =>
  typeof given === 'object' && !(given instanceof Uri) && 'trial' in given && given.trial !== undefined;
