import { html, nothing } from 'lit';
import type { LeaderboardRow, StudySnapshot } from '../../shared/results/study.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { iconButton, link } from '../components/button.ts';
import { dash } from '../components/dash.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { requestSave } from '../components/save-request.ts';
import { toCsv } from '../components/table-content.ts';
import { type LeaderboardColumn, leaderboardColumns } from './leaderboard-columns.ts';
import { leaderboardStyles } from './leaderboard-styles.ts';
import { leaderboardTable } from './leaderboard-table.ts';
import { openTrial } from './open-trial.ts';

const shortLength = 10;

/** The best trials; a row opens its trial. Arrow keys go from row to row. */
export class Leaderboard extends VitrineElement {
  static override styles = [baseStyles, learnerMarkStyles, leaderboardStyles];
  static override properties = {
    snapshot: { attribute: false },
    selected: { attribute: false },
    readOnly: { attribute: false },
    focusRow: { state: true },
    whole: { state: true },
  };
  declare snapshot: StudySnapshot | null;
  declare selected: number | null;
  declare readOnly: boolean;
  declare focusRow: number;
  declare whole: boolean;

  constructor() {
    super();
    this.snapshot = null;
    this.selected = null;
    this.readOnly = false;
    this.focusRow = 0;
    this.whole = false;
  }

  protected override render() {
    const { snapshot } = this;
    if (!snapshot || snapshot.leaderboard.length === 0) return nothing;
    const columns = leaderboardColumns(snapshot);
    return html`<section aria-label="Leaderboard">
      <header class="row">
        <h3>Leaderboard</h3>
        <span class="spring"></span>
        ${iconButton({ icon: 'desktopDownload', label: 'Save as CSV', onClick: () => this.#save(snapshot) })}
      </header>
      <table @keydown=${this.#move}>
        <thead>
          <tr>
            <th scope="col" class="rank">Rank</th>
            <th scope="col">Learner</th>
            ${columns.map(
              ({ title, hint }, at) => html`<th scope="col" class=${numberClass(at)} title=${hint}>${title}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.#shown(snapshot).map((row, index) => this.#row(row, index, snapshot, columns))}
        </tbody>
      </table>
      ${this.#more(snapshot)}
    </section>`;
  }

  #shown({ leaderboard }: StudySnapshot): readonly LeaderboardRow[] {
    return this.whole ? leaderboard : leaderboard.slice(0, shortLength);
  }

  #more({ leaderboard }: StudySnapshot) {
    if (leaderboard.length <= shortLength) return nothing;
    const toggle = () => {
      this.whole = !this.whole;
      this.focusRow = 0;
    };
    return html`<p class="more small">${link(this.whole ? `Show the best ${shortLength}` : `Show the best ${leaderboard.length}`, toggle)}</p>`;
  }

  #row(row: LeaderboardRow, index: number, snapshot: StudySnapshot, columns: readonly LeaderboardColumn[]) {
    const several = snapshot.objectives.length > 1;
    return html`<tr class=${row.trial === this.selected ? 'selected' : ''} @click=${() => this.#open(row.trial, index)}>
      <td class="rank quiet">${index + 1}</td>
      <td class="trial">
        <span class="learner">
          ${learnerSwatch(row.learner)}${this.#name(row, index)}
          ${row.trial === snapshot.best ? icon('starFull', 'best') : nothing}
          ${row.broken.length > 0 ? brokenBadge(row.broken) : nothing}
          ${row.fidelity !== undefined ? fidelityBadge(row.fidelity) : nothing}
          ${several && row.onParetoFront ? html`<span class="badge" title="On the Pareto front: no other trial is better in every objective">Pareto</span>` : nothing}
        </span>
        <span class="narrow small quiet numbers">${details(row, columns)}</span>
      </td>
      ${columns.map((column, at) => html`<td class=${numberClass(at)}>${column.words(row) ?? dash}</td>`)}
    </tr>`;
  }

  #name(row: LeaderboardRow, index: number) {
    const name = html`<span class="ellipsis">${row.learner}</span><span class="quiet numbers number">trial ${row.trial}</span>`;
    if (this.readOnly) return html`<span class="name">${name}</span>`;
    return html`<button
      type="button"
      class="name"
      tabindex=${index === this.focusRow ? 0 : -1}
      aria-label="Open trial ${row.trial}, ${row.learner}, rank ${index + 1}"
      title="Open trial ${row.trial}, ${row.learner}"
    >
      ${name}
    </button>`;
  }

  #open(trial: number, index: number): void {
    if (this.readOnly) return;
    this.focusRow = index;
    openTrial(this, trial);
  }

  #move = (event: KeyboardEvent): void => {
    const count = this.snapshot ? this.#shown(this.snapshot).length : 0;
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: this.focusRow + 1,
      ArrowUp: this.focusRow - 1,
      Home: 0,
      End: count - 1,
    };
    const goal = goals[event.key];
    if (this.readOnly || goal === undefined) return;
    event.preventDefault();
    this.focusRow = Math.min(count - 1, Math.max(0, goal));
    this.renderRoot.querySelectorAll<HTMLButtonElement>('button.name')[this.focusRow]?.focus();
  };

  #save(snapshot: StudySnapshot): void {
    const content = toCsv(leaderboardTable(snapshot));
    requestSave(this, { name: `${snapshot.name}-leaderboard.csv`, content, encoding: 'utf8' });
  }
}

const brokenBadge = (broken: readonly string[]) => html`<span
  class="badge breaks"
  title=${`Breaks ${broken.join('; ')}: it cannot be the best`}
  >breaks ${broken.length === 1 ? 'a constraint' : `${broken.length} constraints`}</span
>`;

const fidelityBadge = (fidelity: string) => html`<span
  class="badge"
  title="Of the resource that the sampler shares out it had less than all"
  >resource ${fidelity}</span
>`;

const numberClass = (at: number): string => (at === 0 ? 'number' : 'number wide');

/** What the narrow layout has no columns for. */
const details = (row: LeaderboardRow, [, ...others]: readonly LeaderboardColumn[]): string =>
  others
    .map(({ prefix, words }) => ({ prefix, said: words(row) }))
    .filter(({ said }) => said !== null)
    .map(({ prefix, said }) => prefix + said)
    .join(' · ');

define('vitrine-leaderboard', Leaderboard);
