import { html, nothing } from 'lit';
import { changeWords, numberWords } from '../../shared/results/numbers.ts';
import { type Sage, type SageValue, sageBasisWords, sageName, sageWords } from '../../shared/results/sage.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';

const shortLength = 12;

/** What each column takes off the loss: bars with intervals; what may be nothing is hollow and says so. */
export class SageView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: Sage | null;
  declare whole: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { columns, loss } = result;
    const shown = this.whole ? columns : columns.slice(0, shortLength);
    const rest = columns.length - shortLength;
    return html`<vitrine-figure
      heading="What each column takes off the loss"
      question="Which columns matter? The ${loss} that the model saves, shared out among the columns; lines are 95 % intervals."
      lead=${result.partial ?? ''}
      .words=${sageWords(result)}
      .table=${sageTable(result)}
    >
      <dl>
        <div><dt>Mean ${loss}, no column known</dt><dd class="numbers">${numberWords(result.lossOfNone)}</dd></div>
        <div><dt>All columns known</dt><dd class="numbers">${numberWords(result.lossOfAll)}</dd></div>
      </dl>
      <vitrine-interval-bars label="Loss saved by column" .bars=${shown.map(bar)}></vitrine-interval-bars>
      ${rest > 0 ? html`<p class="small">${link(this.whole ? `Show the first ${shortLength}` : `Show ${rest} more`, this.#toggle)}</p>` : nothing}
      <p class="small quiet">${sageBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

const bar = (one: SageValue): Bar => ({
  label: sageName(one),
  value: one.value,
  interval: one.interval,
  words: changeWords(one.value),
  look: one.distinguishable ? 'solid' : 'hollow',
  note: one.distinguishable ? undefined : 'not distinguishable from nothing',
});

const sageTable = ({ columns, loss }: Sage): TableContent => ({
  caption: `What each column takes off the ${loss}`,
  columns: [
    { title: 'Column' },
    { title: `Off the ${loss}`, numeric: true },
    { title: 'Low', numeric: true, hint: 'Lower end of the 95 % interval' },
    { title: 'High', numeric: true, hint: 'Upper end of the 95 % interval' },
    { title: 'Distinguishable from nothing' },
  ],
  rows: columns.map((one) => [
    sageName(one),
    changeWords(one.value),
    numberWords(one.interval.low),
    numberWords(one.interval.high),
    one.distinguishable ? 'yes' : 'no',
  ]),
});
define('vitrine-sage', SageView);
