import { css, html, nothing, svg } from 'lit';
import {
  byLearnerWords,
  correlatedName,
  type ModelCorrelation,
  modelCorrelationWords,
  weightWords,
} from '../../shared/results/model-correlation.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from '../explain/quality.ts';

/** Two of the models that a person has chosen. */
export interface ChosenPair {
  readonly first: number;
  readonly second: number;
}

/** How alike all models err: a square of every two, the deeper the more alike. A click on a square chooses the two: 'vitrine-pair'. */
export class ModelCorrelationView extends VitrineElement {
  static override styles = [
    baseStyles,
    learnerMarkStyles,
    css`
      .frame {
        display: grid;
        grid-template-columns: fit-content(45%) minmax(0, 1fr);
        gap: 0 8px;
        max-width: 640px;
      }
      ul {
        display: flex;
        flex-direction: column;
      }
      li {
        flex: 1;
        display: flex;
        align-items: center;
        gap: 5px;
        min-height: 14px;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
        line-height: 1;
      }
      .member {
        font-weight: 600;
      }
      .square {
        aspect-ratio: 1;
        min-height: 100%;
        width: 100%;
        display: block;
        background: color-mix(in srgb, var(--vscode-foreground) 6%, transparent);
      }
      rect {
        fill: var(--vscode-charts-blue);
        cursor: default;
      }
      .choosing rect {
        cursor: pointer;
      }
      .against {
        fill: var(--vscode-charts-orange, #d18616);
      }
      .said {
        margin: 8px 0 0;
        max-width: 85ch;
        text-wrap: pretty;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, readOnly: { attribute: false } };
  declare result: ModelCorrelation | null;
  /** In a report nothing can be chosen. */
  declare readOnly: boolean;

  constructor() {
    super();
    this.result = null;
    this.readOnly = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { models } = result;
    const words = modelCorrelationWords(result);
    return html`<vitrine-figure
      heading="How alike the models err"
      question="Correlation of the errors of ${countWords(models.length, 'model')} out of fold; those that are alike stand together, members of the ensemble are bold."
      lead=${byLearnerWords(result) ?? ''}
      .words=${words}
      .table=${correlationTable(result)}
    >
      <div class="frame">
        <ul class="small">
          ${models.map((model) => html`<li class=${model.weight === undefined ? '' : 'member'} title=${[correlatedName(model), weightWords(model)].filter(Boolean).join(', ')}>${learnerSwatch(model.learner)} ${model.learner} ${model.trial}</li>`)}
        </ul>
        <svg class="square ${this.readOnly ? '' : 'choosing'}" viewBox="0 0 ${models.length} ${models.length}" preserveAspectRatio="none" role="img" aria-label=${words}>
          ${this.#cells(result)}
        </svg>
      </div>
      ${quality(result)}
    </vitrine-figure>`;
  }

  /** What is opposed is of another colour. */
  #cells({ models, matrix }: ModelCorrelation) {
    return matrix.flatMap((row, i) =>
      row.map((value, j) => {
        const names =
          i === j ? correlatedName(models[i]) : `${correlatedName(models[i])} and ${correlatedName(models[j])}`;
        return svg`<rect
          class=${value < 0 ? 'against' : ''}
          x=${j + 0.03}
          y=${i + 0.03}
          width="0.94"
          height="0.94"
          fill-opacity=${Math.min(1, Math.abs(value) ** 2).toFixed(3)}
          @click=${() => i !== j && this.#choose({ first: models[i].trial, second: models[j].trial })}
        ><title>${names}: ${numberWords(value, 2)}</title></rect>`;
      }),
    );
  }

  #choose(pair: ChosenPair): void {
    if (this.readOnly) return;
    this.dispatchEvent(new CustomEvent<ChosenPair>('vitrine-pair', { detail: pair, bubbles: true, composed: true }));
  }
}

export const correlationTable = ({ models, matrix }: ModelCorrelation): TableContent => ({
  caption: 'Correlation of the errors of all models',
  columns: [
    { title: 'Model' },
    ...models.map((model) => ({ title: `${model.learner} ${model.trial}`, numeric: true, hint: weightWords(model) })),
  ],
  rows: models.map((model, i) => [correlatedName(model), ...matrix[i].map((value) => numberWords(value, 2))]),
});
define('vitrine-model-correlation', ModelCorrelationView);
