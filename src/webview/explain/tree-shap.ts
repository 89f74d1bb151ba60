import { html, nothing } from 'lit';
import { type TreeShap, treeBasisWords, treeShapWords } from '../../shared/results/tree-shap.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';
import { shapBars, shapFigures, shapTable } from './shap-values.ts';

/** Shapley values of one row by the trees themselves: exact, so without whiskers. */
export class TreeShapView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: TreeShap | null;
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
      heading="What each column adds, by the trees"
      question="Row ${result.rowIndex}: why this prediction? How far each column moves the ${result.unit}."
      lead=${result.partial ?? ''}
      .words=${treeShapWords(result)}
      .table=${shapTable(result)}
    >
      ${shapFigures(result)} ${shapBars(result, this.whole, this.#toggle)}
      <p class="small quiet">${treeBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}
define('vitrine-tree-shap', TreeShapView);
