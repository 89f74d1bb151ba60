import { html, nothing, type TemplateResult } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { numberWords, valueWords } from '../../shared/results/numbers.ts';
import { differencesWords, type SearchWhy, searchWhyWords, type Voice } from '../../shared/results/search-why.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { openTrial } from '../study/open-trial.ts';
import { balanceStyles, balances } from './balance.ts';
import './prediction-line.ts';
import { rejectedTable, whyTable } from './tables/why.ts';
import { whyStyles } from './why-styles.ts';

/** Why a configuration was tried and what came of it, in full, from the sampler's and pruner's own record. */
export class WhyView extends VitrineElement {
  static override styles = [baseStyles, balanceStyles, whyStyles];
  static override properties = { result: { attribute: false }, readOnly: { attribute: false } };
  declare result: SearchWhy | null;
  declare readOnly: boolean;

  constructor() {
    super();
    this.result = null;
    this.readOnly = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const paragraphs = searchWhyWords(result);
    const said = (title: string) => paragraphs.find((paragraph) => paragraph.title === title)?.words ?? '';
    const part = (title: string, content: (words: string) => unknown) =>
      said(title) === '' ? nothing : html`<section><h4>${title}</h4>${content(said(title))}</section>`;
    return html`<vitrine-figure
      heading="Why it was tried, in full"
      question="Why was it tried, what was expected of it, and what came of it? From the record of the search, nothing computed afterwards."
      .words=${paragraphs.map(({ title, words }) => `${title}: ${words}`).join('\n')}
      .table=${whyTable(result)}
    >
      <div class="parts">
        ${part('Why it was suggested', plain)} ${part('What came of it', (words) => this.#outcome(result, words))}
        ${part('What was foretold', (words) => foretold(result, words))}
        ${part('How much it was given', plain)}
        ${part('What spoke for it', () => this.#voices(result, result.spokeFor))}
        ${part('What spoke against it', () => this.#voices(result, result.spokeAgainst))}
        ${part('What it was made from', () => html`${made(result)}${this.#voices(result, result.parents)}`)}
        ${part('Exploring or exploiting', () => aims(result))}
        ${part('What was not taken', () => html`<vitrine-table .content=${rejectedTable(result)}></vitrine-table>`)}
      </div>
    </vitrine-figure>`;
  }

  #voices({ objective }: SearchWhy, voices: readonly Voice[]) {
    return html`<ul class="voices">
      ${voices.map(
        (voice) => html`<li>
          <span>${this.#trial(voice.trial)}</span>
          <span class="numbers">${voice.value === null ? voice.state : `${metricInSentence(objective)} ${numberWords(voice.value, 4)}`}</span>
          <span class="quiet">${differencesWords(voice.differences)}</span>
        </li>`,
      )}
    </ul>`;
  }

  #outcome(result: SearchWhy, words: string) {
    const compared = result.stopped?.comparedWith ?? [];
    return html`${plain(words)}${result.stopped ? standing(result.stopped) : nothing}
    ${compared.length > 0 ? this.#voices(result, compared) : nothing}`;
  }

  #trial(trial: number) {
    return this.readOnly ? `trial ${trial}` : link(`trial ${trial}`, () => openTrial(this, trial));
  }
}

const plain = (words: string): TemplateResult => html`<p>${words}</p>`;

const standing = ({ step, value, threshold, probability }: NonNullable<SearchWhy['stopped']>) => {
  const facts = [
    `step ${numberWords(step)}`,
    `stood at ${numberWords(value, 4)}`,
    ...(threshold === undefined ? [] : [`had to reach ${numberWords(threshold, 4)}`]),
    ...(probability === undefined ? [] : [`chance to become the best ${numberWords(probability, 2)}`]),
  ];
  return html`<p class="small quiet numbers">${facts.join(' · ')}</p>`;
};

/** Which generation, and the step taken from the parents. */
const made = ({ reason: { generation, step } }: SearchWhy) => {
  const facts = [
    ...(generation === undefined ? [] : [`generation ${generation}`]),
    ...(step === undefined ? [] : [`the step: ${step}`]),
  ];
  return facts.length > 0 ? html`<p class="small quiet">${facts.join(' · ')}</p>` : nothing;
};

const foretold = ({ prediction }: SearchWhy, words: string) =>
  prediction
    ? html`<vitrine-prediction-line .prediction=${prediction} label=${words}></vitrine-prediction-line><p class="small quiet">${words}</p>`
    : nothing;

const aims = ({ parameters }: SearchWhy) =>
  balances(
    parameters.map(({ name, value, exploit, explore }) => ({ name: `${name} ${valueWords(value)}`, exploit, explore })),
  );
define('vitrine-search-why', WhyView);
