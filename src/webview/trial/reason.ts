import { css, html, nothing } from 'lit';
import type { Reason, TrialRecord } from '../../shared/trial.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/data-table.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { scoreWords } from '../components/amounts.ts';
import { define, VitrineElement } from '../components/element.ts';
import { openTrial } from '../study/open-trial.ts';

const phases: Readonly<Record<Reason['phase'], string>> = {
  default: 'default values',
  enqueued: 'asked for',
  'start-up': 'start-up',
  explore: 'exploring',
  exploit: 'exploiting',
  mutate: 'mutation',
  promote: 'goes on with more of the resource',
  resume: 'resumed',
  imported: 'imported',
};

/** Why this configuration was tried, as the sampler recorded it when it suggested it. */
export class ReasonView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .phase {
        display: inline-block;
        font-size: var(--small);
        padding: 0 7px;
        margin-right: 6px;
        border: 1px solid var(--line);
        border-radius: 9px;
        color: var(--quiet);
      }
      p {
        margin-bottom: 4px;
        max-width: 85ch;
        text-wrap: pretty;
      }
      summary {
        cursor: pointer;
        color: var(--vscode-textLink-foreground);
        margin-bottom: 4px;
      }
    `,
  ];
  static override properties = { trial: { attribute: false }, readOnly: { attribute: false } };
  declare trial: TrialRecord | null;
  declare readOnly: boolean;

  constructor() {
    super();
    this.trial = null;
    this.readOnly = false;
  }

  protected override render() {
    if (!this.trial) return nothing;
    const { why, values } = this.trial;
    return html`<p><span class="phase">${phases[why.phase]}</span>${why.words}</p>
      ${why.step ? html`<p class="quiet">Step: ${why.step}${why.parent === undefined ? '' : html`, from ${this.#trials([why.parent])}`}.</p>` : nothing}
      ${why.prediction ? html`<p class="quiet numbers">${predictionWords(why.prediction, values?.[0])}</p>` : nothing}
      ${why.spokeFor?.length ? html`<p class="quiet">Spoke for it: ${this.#trials(why.spokeFor)}.</p>` : nothing}
      ${why.spokeAgainst?.length ? html`<p class="quiet">Spoke against it: ${this.#trials(why.spokeAgainst)}.</p>` : nothing}
      ${why.rejected?.length ? this.#rejected(why.rejected, why.acquisition) : nothing}`;
  }

  #trials(numbers: readonly number[]) {
    const shown = numbers.slice(0, 8);
    const rest = numbers.length - shown.length;
    const name = (trial: number) =>
      this.readOnly ? `trial ${trial}` : link(`trial ${trial}`, () => openTrial(this, trial));
    return html`${shown.map((trial, index) => html`${index > 0 ? ', ' : ''}${name(trial)}`)}${rest > 0 ? ` and ${rest} more` : ''}`;
  }

  #rejected(rejected: NonNullable<Reason['rejected']>, acquisition: number | undefined) {
    return html`<details>
      <summary>What was not taken (${rejected.length})</summary>
      <vitrine-table .content=${rejectedTable(rejected, acquisition)}></vitrine-table>
    </details>`;
  }
}

function predictionWords(
  { value, low, high }: NonNullable<Reason['prediction']>,
  measured: number | undefined,
): string {
  const expected = `Expected ${scoreWords(value)} (${scoreWords(low)} to ${scoreWords(high)})`;
  return measured === undefined ? `${expected}.` : `${expected}; measured ${scoreWords(measured)}.`;
}

function rejectedTable(rejected: NonNullable<Reason['rejected']>, acquisition: number | undefined): TableContent {
  const names = [...new Set(rejected.flatMap(({ params }) => Object.keys(params)))];
  const taken = acquisition === undefined ? '' : `; the one that was taken had ${numberWords(acquisition)}`;
  return {
    caption: `Candidates that were not taken${taken}`,
    columns: [
      { title: 'Acquisition', numeric: true, hint: `Higher is more promising${taken}` },
      ...names.map((title) => ({ title })),
    ],
    rows: rejected.map(({ params, acquisition: of }) => [
      numberWords(of),
      ...names.map((name) =>
        typeof params[name] === 'number' ? numberWords(params[name]) : String(params[name] ?? ''),
      ),
    ]),
  };
}
define('vitrine-reason', ReasonView);
