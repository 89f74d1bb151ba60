import { html, nothing } from 'lit';
import { type KernelShap, kernelBasisWords, kernelShapWords } from '../../shared/results/kernel-shap.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';
import { shapBars, shapFigures, shapTable } from './shap-values.ts';

/** Shapley values of one row of any model; whiskers are 95 % intervals where coalitions were drawn. */
export class KernelShapView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: KernelShap | null;
  declare whole: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="What each column adds"
      question="Row ${result.rowIndex}: why this prediction? How far each column moves the ${result.unit}."
      lead=${result.partial ?? ''}
      .words=${kernelShapWords(result)}
      .table=${shapTable(result)}
    >
      ${shapFigures(result)} ${shapBars(result, this.whole, this.#toggle)}
      <p class="small quiet">${kernelBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}
define('vitrine-kernel-shap', KernelShapView);
