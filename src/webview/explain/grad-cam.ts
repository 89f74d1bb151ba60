import { html, nothing } from 'lit';
import { type GradCam, gradCamHeat, gradCamPeak, gradCamWords } from '../../shared/results/grad-cam.ts';
import { placeWords } from '../../shared/results/image-surrogate.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import '../charts/picture-map.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';

/** A heat map over the picture: where the network saw what speaks for the class. */
export class GradCamView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false } };
  declare result: GradCam | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Where the network looked"
      question="Row ${result.rowIndex}: why this prediction? Where in ${result.column} the network's last layers saw what speaks ${result.speaks} ${result.class ?? 'a high value'}."
      lead=${result.partial ?? ''}
      .words=${gradCamWords(result)}
      .table=${placesTable(result)}
    >
      ${figures(result)} ${result.trustworthy ? drawing(result) : refusal(result)} ${quality(result)}
    </vitrine-figure>`;
  }
}

const figures = (result: GradCam) => html`<dl>
  ${[
    [
      result.class === undefined ? 'Predicted value' : `Predicted probability of ${result.class}`,
      numberWords(result.prediction),
    ],
    ['Places of the map', `${result.width} x ${result.height}`],
    ['Finer maps', numberWords(result.finer)],
  ].map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

function drawing(result: GradCam) {
  const sign = result.speaks === 'for' ? 1 : -1;
  const peak = gradCamPeak(result);
  return html`<vitrine-picture-map
    label="Where the network saw what speaks ${result.speaks} it"
    .picture=${result.picture}
    .heat=${gradCamHeat(result).map((heat) => sign * heat)}
    .marks=${peak ? [{ x: peak.x, y: peak.y, sign: sign > 0 ? '+' : '−' }] : []}
  ></vitrine-picture-map>`;
}

const refusal = (result: GradCam) => html`<vitrine-empty-state
    picture="warning"
    tone="warning"
    heading=${result.partial ? 'The map was not held to a check' : 'No part of the picture stands out'}
    words=${result.quality.words}
  ></vitrine-empty-state>
  ${result.picture && result.map.some((heat) => heat > 0) ? html`<details><summary>Show the map all the same</summary>${drawing(result)}</details>` : nothing}`;

/** The places of the layer, hottest first. */
const placesTable = ({ picture, map, width, height, column, speaks }: GradCam): TableContent => ({
  caption: `Where in ${column} there is what speaks ${speaks} it`,
  columns: [
    { title: 'Place' },
    { title: 'Column of the map', numeric: true },
    { title: 'Row of the map', numeric: true },
    { title: 'Heat', numeric: true },
  ],
  rows: [...map.keys()]
    .sort((a, b) => map[b] - map[a] || a - b)
    .map((at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      const middle = { x: ((x + 0.5) * picture!.width) / width, y: ((y + 0.5) * picture!.height) / height };
      return [placeWords(picture!, middle), numberWords(x + 1), numberWords(y + 1), numberWords(map[at])];
    }),
});
define('vitrine-grad-cam', GradCamView);
