import { css, html, nothing } from 'lit';
import { candidateTitle } from '../../shared/candidate.ts';
import { type Explanation, explanationsOf, rowOf, type Technique } from '../../shared/results/explanation.ts';
import { candidateOf, isEnsemble, type ModelDetail } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { explanationView } from '../explain/views.ts';
import { choice, choiceStyles } from '../search/choice.ts';

/** One kind of explanation of two models, side by side where there is the room. Asks by 'vitrine-explain-both' for what is missing. */
export class ExplanationsBeside extends VitrineElement {
  static override styles = [
    baseStyles,
    choiceStyles,
    css`
      .sides {
        display: grid;
        gap: 28px;
        grid-template-columns: minmax(0, 1fr);
      }
      @media (min-width: 900px) {
        .sides {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      h3 {
        font-size: inherit;
        font-weight: 600;
      }
      h4 {
        font-size: inherit;
        font-weight: 400;
        color: var(--quiet);
        padding-bottom: 4px;
        margin-bottom: 8px;
        border-bottom: 1px solid var(--line);
      }
    `,
  ];
  static override properties = {
    first: { attribute: false },
    second: { attribute: false },
    blocked: {},
    chosen: { state: true },
  };
  declare first: ModelDetail | null;
  declare second: ModelDetail | null;
  /** Why nothing can be asked for now; empty where it can. */
  declare blocked: string;
  declare chosen: Technique['kind'] | null;

  constructor() {
    super();
    this.first = null;
    this.second = null;
    this.blocked = '';
    this.chosen = null;
  }

  protected override render() {
    const { first, second } = this;
    if (!first || !second) return nothing;
    const techniques = sharedTechniques(first, second);
    if (techniques.length === 0) return nothing;
    const madeOfBoth = techniques.find(({ kind }) => newest(first, kind) && newest(second, kind));
    const technique = techniques.find(({ kind }) => kind === this.chosen) ?? madeOfBoth ?? techniques[0];
    const { kind } = technique;
    const row = sharedRow(first, second, kind);
    const [one, other] = [newest(first, kind, row), newest(second, kind, row)];
    const choose = (value: string) => {
      this.chosen = value as Technique['kind'];
    };
    const ask = () => this.dispatchEvent(new CustomEvent('vitrine-explain-both', { detail: { kind }, composed: true }));
    return html`<section>
      <h3>Explanations side by side</h3>
      <div class="choices">
        ${choice({
          label: 'Explanation',
          options: techniques.map(({ kind: value, title }) => ({ value, label: title })),
          value: kind,
          onChange: choose,
        })}
        ${one && other ? nothing : button({ label: 'Explain both', secondary: true, disabled: this.blocked !== '', title: this.blocked || undefined, onClick: ask })}
      </div>
      <div class="sides">${side(first, one)} ${side(second, other)}</div>
    </section>`;
  }
}

const side = (detail: ModelDetail, explanation: Explanation | undefined) => html`<div>
  <h4>${detailTitle(detail)}</h4>
  ${explanation ? explanationView(explanation, rowOf(explanation)) : html`<p class="quiet">Not explained yet.</p>`}
</div>`;

export const detailTitle = (detail: ModelDetail): string =>
  isEnsemble(detail) ? candidateTitle('ensemble') : `${candidateTitle(candidateOf(detail))}, ${detail.trial.learner}`;

/** What has something to say of both. */
function sharedTechniques(first: ModelDetail, second: ModelDetail): readonly Technique[] {
  const suits = ({ techniques }: ModelDetail) => techniques.filter(({ unsuited }) => unsuited === undefined);
  const other = new Set(suits(second).map(({ kind }) => kind));
  return suits(first).filter(({ kind }) => other.has(kind));
}

const made = ({ explanations }: ModelDetail, kind: Technique['kind']): readonly Explanation[] =>
  explanationsOf(explanations, kind).filter((one) => one.cohort === undefined);

/** Of techniques about one row, the last that was explained of both; else that of the first alone. */
function sharedRow(first: ModelDetail, second: ModelDetail, kind: Technique['kind']): number | undefined {
  const others = new Set(made(second, kind).map(rowOf));
  const own = made(first, kind).map(rowOf);
  return own.findLast((row) => others.has(row)) ?? own.at(-1);
}

const newest = (detail: ModelDetail, kind: Technique['kind'], row?: number): Explanation | undefined =>
  made(detail, kind).findLast((one) => row === undefined || rowOf(one) === row);
define('vitrine-explanations-beside', ExplanationsBeside);
