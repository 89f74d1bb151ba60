import { basename } from 'node:path';
import { type ExtensionContext, type Uri, window } from 'vscode';
import { UserError } from '../../shared/faults.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { type ImportWishes, studyAddress } from '../../shared/study-address.ts';
import type { ExperimentTarget } from '../command-arguments.ts';
import { type Commands, execute } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import { fileOf } from '../experiment-picker.ts';
import type { OpenedStudies } from '../opened-studies.ts';
import { withProgress } from '../progress.ts';
import { requireTrust } from '../trust.ts';

export interface OpenStudyParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly opened: OpenedStudies;
}

/** Shows the study of another program in the dashboard, live while that program goes on; nothing is written. */
export class OpenStudy implements Contribution {
  readonly #parts: OpenStudyParts;

  constructor(parts: OpenStudyParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    const { commands } = this.#parts;
    context.subscriptions.push(
      commands.register('vitrine.openStudy', this.#open),
      commands.register('vitrine.closeStudy', this.#close),
    );
  }

  /** Answers the study's address. */
  readonly #open = async (given?: Uri, wishes: ImportWishes = {}): Promise<string | undefined> => {
    requireTrust('Looking into a study');
    const file = given ?? (await browse());
    if (!file) return undefined;
    const address = await this.#address(fileOf(file), wishes);
    if (address === undefined) return undefined;
    await this.#parts.opened.open(address);
    await execute('vitrine.openDashboard', address);
    return address;
  };

  readonly #close = async (given?: ExperimentTarget): Promise<void> => {
    if (given !== undefined) await this.#parts.opened.close(fileOf(given));
  };

  /** What the file alone does not tell is asked of the person; undefined where they break off. */
  async #address(path: string, wishes: ImportWishes): Promise<string | undefined> {
    try {
      const { studies } = await this.#inspect(studyAddress(path, wishes));
      if (studies.length === 1 || wishes.study !== undefined) return studyAddress(path, wishes);
      const items = studies.map(({ name, trials, objectives }) => ({
        label: name,
        description: `${countWords(trials, 'trial')}, ${objectives.join(', ')}`,
      }));
      const chosen = await window.showQuickPick(items, {
        title: `Open ${basename(path)}`,
        placeHolder: 'Which study?',
      });
      return chosen && studyAddress(path, { ...wishes, study: chosen.label });
    } catch (error) {
      const asks = error instanceof UserError && error.code === 'import-values' && /\.(csv|tsv)$/i.test(path);
      if (!asks || wishes.values) throw error;
      const value = await this.#askForValue(path);
      return value === undefined ? undefined : this.#address(path, { ...wishes, values: [value] });
    }
  }

  #inspect(path: string) {
    return withProgress(`reading ${basename(path)}`, async (options) => {
      await this.#parts.engine.connect();
      return this.#parts.engine.request('study.inspect', { path }, options);
    });
  }

  async #askForValue(path: string): Promise<string | undefined> {
    const { columns } = await this.#parts.engine.request('data.inspect', { path });
    const numbers = columns.filter(({ type }) => type === 'number' || type === 'integer').map(({ name }) => name);
    const title = `Open ${basename(path)} as a study: one row a trial`;
    return window.showQuickPick(numbers, { title, placeHolder: 'Which column is the value that was searched for?' });
  }
}

async function browse(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title: 'Open a study of Optuna, SMAC, HpBandSter, Ray Tune or a CSV of trials',
    openLabel: 'Open in Vitrine',
    filters: {
      Studies: ['db', 'sqlite', 'sqlite3', 'log', 'jsonl', 'journal', 'json', 'csv', 'tsv'],
      'All files': ['*'],
    },
  });
  return chosen?.[0];
}
