import { type ExtensionContext, StatusBarAlignment, window } from 'vscode';
import { countWords } from '../shared/results/numbers.ts';
import type { StudySnapshot } from '../shared/results/study.ts';
import { execute } from './commands.ts';
import type { Contribution } from './contribution.ts';
import type { EngineConnection } from './engine-connection.ts';
import { objectiveWords } from './objective-words.ts';
import { setting } from './settings.ts';
import type { Studies } from './studies.ts';

/** What runs, in the status bar; and a word when it is over. */
export class RunStatus implements Contribution {
  readonly #studies: Studies;
  readonly #engine: EngineConnection;
  readonly #item = window.createStatusBarItem('vitrine.run', StatusBarAlignment.Left);
  #running: readonly string[] = [];

  constructor(studies: Studies, engine: EngineConnection) {
    this.#studies = studies;
    this.#engine = engine;
  }

  register(context: ExtensionContext): void {
    this.#item.name = 'Vitrine run';
    context.subscriptions.push(
      this.#item,
      this.#studies.onChanged(this.#update),
      this.#engine.onStateChanged(this.#update),
    );
  }

  readonly #update = (): void => {
    const running = this.#studies.running;
    const isConnected = this.#engine.state.state === 'running';
    const over = isConnected ? this.#running.filter((file) => !running.includes(file)) : [];
    this.#running = running;
    this.#show(running.flatMap((file) => this.#studies.of(file).snapshot ?? []));
    for (const file of over) this.#announce(this.#studies.of(file).snapshot);
  };

  #show(snapshots: readonly StudySnapshot[]): void {
    if (snapshots.length === 0) {
      this.#item.hide();
      return;
    }
    const [{ file, name, run, counts }] = snapshots;
    const words = `${name}: ${run}, ${countWords(counts.complete, 'trial')}`;
    this.#item.text = `$(sync~spin) ${words}${snapshots.length > 1 ? ` and ${snapshots.length - 1} more` : ''}`;
    this.#item.tooltip = snapshots.map(tooltip).join('\n');
    this.#item.command = { title: 'Open dashboard', command: 'vitrine.openDashboard', arguments: [file] };
    this.#item.accessibilityInformation = { label: `Vitrine, ${words}` };
    this.#item.show();
  }

  #announce(snapshot: StudySnapshot | undefined): void {
    if (!snapshot || !setting('run.notifyWhenOver')) return;
    const { file, name, run, message, best } = snapshot;
    if (run === 'failed') {
      void window
        .showErrorMessage(`${name} failed: ${message}`, 'Open log')
        .then((chosen) => chosen && execute('vitrine.openLog'));
      return;
    }
    if (best === null) {
      void window.showInformationMessage(`${name}: ${run}. ${message}`);
      return;
    }
    void window
      .showInformationMessage(`${name}: ${run}. ${bestWords(snapshot)}`, 'Open best trial', 'Open report')
      .then((chosen) => {
        if (chosen === 'Open best trial') return execute('vitrine.openTrial', { file, trial: best });
        return chosen && execute('vitrine.openReport', file);
      });
  }
}

const tooltip = ({ name, message, budget }: StudySnapshot): string =>
  [`${name}: ${message}`, ...budget.map(({ limit, words }) => `${limit}: ${words}`)].join('\n');

function bestWords({ leaderboard, objectives }: StudySnapshot): string {
  const [best] = leaderboard;
  return `Best: trial ${best.trial} (${best.learner}), ${objectiveWords(objectives[0], best.values[0])}.`;
}
