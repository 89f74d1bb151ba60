import { html, nothing } from 'lit';
import {
  calibrationWords,
  decisionWords,
  type FinalLine,
  type FinalModel,
  type FinalModels,
  finalFairnessWords,
  finalLines,
  groupDecisionWords,
  keptWords,
  promiseWords,
  readabilityWords,
  thresholdWords,
} from '../../shared/results/final-models.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { iconButton, link } from '../components/button.ts';
import { dash } from '../components/dash.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { requestSave } from '../components/save-request.ts';
import { toCsv } from '../components/table-content.ts';
import { type FinalColumn, finalColumns, readingWords, roleHints } from './final-models-columns.ts';
import './final-models-members.ts';
import { finalModelsStyles } from './final-models-styles.ts';
import { finalModelsTable } from './final-models-table.ts';
import { openTrial } from './open-trial.ts';
import { isUnderWay } from './run-words.ts';

/** What the search ends with, a line a model: what it is made of and worth; then what readability costs and what is promised. */
export class FinalModelsView extends VitrineElement {
  static override styles = [baseStyles, learnerMarkStyles, finalModelsStyles];
  static override properties = { snapshot: { attribute: false }, readOnly: { attribute: false } };
  declare snapshot: StudySnapshot | null;
  declare readOnly: boolean;

  constructor() {
    super();
    this.snapshot = null;
    this.readOnly = false;
  }

  protected override render() {
    const { snapshot } = this;
    if (!snapshot?.finals) return nothing;
    const { finals, name, run } = snapshot;
    return html`<section aria-label=${heading}>
      <header class="row">
        <h3>${heading}</h3>
        <span class="spring"></span>
        ${iconButton({ icon: 'desktopDownload', label: 'Save as CSV', onClick: () => this.#save(name, finals) })}
      </header>
      ${isUnderWay(run) ? html`<p class="small quiet">As it last ended; when it ends again, they are made anew.</p>` : nothing}
      ${finals.models.length > 0 ? this.#table(finals) : nothing}
      <div class="said">${said(finals)} ${finals.notes.map((note) => html`<p class="note">${icon('warning', 'Note')}<span>${note}</span></p>`)}</div>
    </section>`;
  }

  #table(finals: FinalModels) {
    const columns = finalColumns(finals);
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Model</th>
          ${columns.map(({ title, hint }, at) => html`<th scope="col" class=${numberClass(at)} title=${hint}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${finalLines(finals).map((line) => this.#line(line, columns))}
      </tbody>
    </table>`;
  }

  #line({ title, roles, model }: FinalLine, columns: readonly FinalColumn[]) {
    const { trial, learner, facts, decision, members = [] } = model;
    const reading = readingWords(model);
    return html`<tr>
      <th scope="row">
        <div class="model">
          <span class="role">${this.#title(title, roles, trial)}</span>
          ${
            trial === null
              ? html`<span class="quiet" title=${facts.words}>${compositionWords(model)}</span>`
              : html`<span class="who" title=${facts.words}>${learnerSwatch(learner)}<span>${breakable(learner)} ${this.#trial(trial, learner)}</span></span>`
          }
          ${decision?.threshold ? html`<span class="small quiet" title=${thresholdHint}>${thresholdWords(decision.threshold)}</span>` : nothing}
          ${reading ? html`<span class="small quiet" title="How much there is to read to follow the model whole">${reading}</span>` : nothing}
        </div>
        ${members.length > 0 ? html`<vitrine-ensemble-members .members=${members} .readOnly=${this.readOnly}></vitrine-ensemble-members>` : nothing}
        <div class="narrow small quiet numbers">${details(model, columns)}</div>
      </th>
      ${columns.map(({ words }, at) => html`<td class=${numberClass(at)}>${words(model) ?? dash}</td>`)}
    </tr>`;
  }

  #title(title: string, roles: FinalLine['roles'], trial: number | null) {
    const hint = roles.map((role) => roleHints[role]).join(' ');
    if (this.readOnly) return html`<span title=${hint}>${title}</span>`;
    return link(title, () => openTrial(this, trial ?? 'ensemble'), `Open it. ${hint}`);
  }

  #trial(trial: number, learner: string) {
    const name = `trial ${trial}`;
    if (this.readOnly) return html`<span class="quiet numbers">${name}</span>`;
    return link(name, () => openTrial(this, trial), `Open trial ${trial}, ${learner}`);
  }

  #save(name: string, finals: FinalModels): void {
    const content = toCsv(finalModelsTable({ name, finals }));
    requestSave(this, { name: `${name}-final-models.csv`, content, encoding: 'utf8' });
  }
}

const heading = 'What the search ends with';

const thresholdHint =
  'The label that a row is given from this probability of it on; on the test part, metrics of labels are of these labels.';

const compositionWords = ({ members = [], combination }: FinalModel): string =>
  `of ${countWords(members.length, 'model')}${combination === 'stack' ? ', stacked' : ''}`;

const hasWidths = ({ models }: FinalModels): boolean =>
  models.some(({ kept = [] }) => kept.some(({ sizes }) => sizes !== undefined));

const widthsHint =
  ' Widths follow how large errors are expected to be for the row where that was better out of fold, and are all the same where it was not; nine in ten lie between those that are named.';

/** What readability costs, what is promised and how predictions are corrected, each with the account of its terms. */
function said(finals: FinalModels) {
  const sentences: readonly (readonly [words: string | undefined, hint: string])[] = [
    [
      readabilityWords(finals),
      'How much worse the best readable model is in the objective than the best of all, on the test part where there is one.',
    ],
    [
      promiseWords(finals),
      `Beside a prediction the model can give a set of classes, or an interval, that holds the truth in a promised share of rows. In parentheses: the exact 95 % interval of the share that the test part showed.${hasWidths(finals) ? widthsHint : ''} ${keptWords(finals)}`,
    ],
    [
      calibrationWords(finals),
      'Corrected so that what is said to be 80 % probable comes true 80 % of the time; kept only because it helped on rows that the correction was not fitted on.',
    ],
    [
      decisionWords(finals),
      'A metric of labels can be served better by another rule than the most probable class: each class is weighed, and the weights are kept only where they gain.',
    ],
    ...groupDecisionWords(finals).map(
      (words) =>
        [words, 'Thresholds are chosen out of fold, and measured on folds that they were not chosen on.'] as const,
    ),
    ...finalFairnessWords(finals).map(
      (words) => [words, 'Measured once, on rows that nothing before has seen, with a 95 % interval.'] as const,
    ),
  ];
  return sentences.map(([words, hint]) => (words ? html`<p title=${hint}>${words}</p>` : nothing));
}

const numberClass = (at: number): string => (at === 0 ? 'number' : 'number wide');

/** What the narrow layout has no columns for, each with the account of its column. */
const details = (model: FinalModel, [, ...others]: readonly FinalColumn[]) =>
  others.map(({ prefix, hint, words }) => {
    const value = words(model);
    return value === null ? nothing : html`<span title=${hint}>${prefix}${value}</span>`;
  });

define('vitrine-final-models', FinalModelsView);
