import { html, nothing } from 'lit';
import { placeWords } from '../../shared/results/image-surrogate.ts';
import { changeWords, numberWords } from '../../shared/results/numbers.ts';
import { type CoveredSquare, heatOf, type Occlusion, occlusionWords } from '../../shared/results/occlusion.ts';
import '../charts/picture-map.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';

/** A heat map over the picture: where covering it makes the prediction fall. */
export class OcclusionView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false } };
  declare result: Occlusion | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="What happens if a part of the picture is covered"
      question="Row ${result.rowIndex}: why this prediction? How far the ${unitOf(result)} falls where a square covers ${result.column}."
      lead=${result.partial ?? ''}
      .words=${occlusionWords(result)}
      .table=${squareTable(result)}
    >
      ${figures(result)} ${result.trustworthy ? drawing(result) : refusal(result)} ${quality(result)}
    </vitrine-figure>`;
  }
}

const unitOf = (result: Occlusion): string =>
  result.class === undefined ? 'predicted value' : `probability of ${result.class}`;

const figures = (result: Occlusion) => html`<dl>
  ${[
    [`Predicted ${unitOf(result).replace('predicted ', '')}`, numberWords(result.prediction)],
    ['Side of the square', result.side > 0 ? `${result.side} pixels` : 'none'],
    ['Places', numberWords(result.squares.length)],
  ].map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

function drawing(result: Occlusion) {
  const { squares, side } = result;
  const ends = [squares[0], squares.at(-1)!].filter(({ drop }, i) => (i === 0 ? drop > 0 : drop < 0));
  const marks = ends.map((square) => ({ ...middleOf(square, side), sign: square.drop > 0 ? '+' : '−' }));
  return html`<vitrine-picture-map
    label="What each part adds"
    .picture=${result.picture}
    .heat=${heatOf(result)}
    .marks=${marks}
  ></vitrine-picture-map>`;
}

const middleOf = ({ x, y }: CoveredSquare, side: number) => ({ x: x + (side - 1) / 2, y: y + (side - 1) / 2 });

const refusal = (result: Occlusion) => html`<vitrine-empty-state
    picture="warning"
    tone="warning"
    heading="No part of the picture stands out"
    words=${result.quality.words}
  ></vitrine-empty-state>
  ${result.squares.length === 0 ? nothing : html`<details><summary>Show the map all the same</summary>${drawing(result)}</details>`}`;

const squareTable = ({ squares, side, picture, column }: Occlusion): TableContent => ({
  caption: `What covering parts of ${column} changes`,
  columns: [
    { title: 'Place' },
    { title: 'From the left', numeric: true },
    { title: 'From the top', numeric: true },
    { title: 'Change if covered', numeric: true },
  ],
  rows: squares.map((square) => [
    placeWords(picture!, middleOf(square, side)),
    numberWords(square.x),
    numberWords(square.y),
    changeWords(-square.drop),
  ]),
});
define('vitrine-occlusion', OcclusionView);
