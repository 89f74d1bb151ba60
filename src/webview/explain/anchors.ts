import { html, nothing } from 'lit';
import {
  type AnchorStep,
  type Anchors,
  anchoredWords,
  anchorsWords,
  anchorVerdictWords,
} from '../../shared/results/anchors.ts';
import { percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** Which conditions suffice: how sure the prediction becomes as each is known; where none suffice, that, and the best there is. */
export class AnchorsView extends VitrineElement {
  static override styles = [baseStyles];
  static override properties = { result: { attribute: false } };
  declare result: Anchors | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Which conditions suffice"
      question="Row ${result.rowIndex}: what must hold so that the model predicts ${anchoredWords(result)}, whatever the rest is?"
      lead=${result.partial ?? ''}
      .words=${anchorsWords(result)}
      .table=${stepsTable(result)}
    >
      ${verdict(result)}
      ${
        result.steps.length > 1
          ? html`<vitrine-interval-bars
              label="Share predicted the same, as each condition is known"
              .bars=${result.steps.map(bar)}
            ></vitrine-interval-bars>`
          : nothing
      }
      ${quality(result)}
    </vitrine-figure>`;
  }
}

function verdict(result: Anchors) {
  const words = anchorVerdictWords(result);
  if (result.verdict === 'found' || result.verdict === 'always') return html`<p>${words}</p>`;
  const heading = result.verdict === 'too weak' ? 'No rule is sure enough' : 'No rule holds here';
  return html`<vitrine-empty-state
    picture="warning"
    tone="warning"
    heading=${heading}
    words=${words}
  ></vitrine-empty-state>`;
}

const labelOf = ({ condition }: AnchorStep): string => condition ?? 'Nothing known';

const bar = (step: AnchorStep, index: number): Bar => ({
  label: index > 1 ? `and ${labelOf(step)}` : labelOf(step),
  value: step.precision,
  interval: step.interval,
  words: percentWords(step.precision),
  look: index === 0 ? 'hollow' : 'solid',
  note: index === 0 ? undefined : `covers ${percentWords(step.coverage)} of the training rows`,
});

function stepsTable({ steps }: Anchors): TableContent {
  return {
    caption: 'How sure the prediction is as each condition is known',
    columns: [
      { title: 'Condition' },
      { title: 'Predicted the same', numeric: true },
      { title: '95 % interval', numeric: true },
      { title: 'Covers', numeric: true, hint: 'Share of the training rows that fulfil the rule so far' },
    ],
    rows: steps.map((step) => [
      labelOf(step),
      percentWords(step.precision),
      percentIntervalWords(step.interval, 1),
      percentWords(step.coverage),
    ]),
  };
}
define('vitrine-anchors', AnchorsView);
