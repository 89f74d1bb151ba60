import { html, nothing } from 'lit';
import {
  type ImageSurrogate,
  imageSurrogateWords,
  isTellingRegion,
  type PictureRegion,
  placeWords,
  tellingRegions,
} from '../../shared/results/image-surrogate.ts';
import { changeWords, countWords, numberWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import '../charts/picture-map.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';
import { shapStyles } from './shap-styles.ts';

const shortLength = 8;
const marked = 3;

/** The picture under a map of which of its superpixels move the prediction by being seen. */
export class ImageSurrogateView extends VitrineElement {
  static override styles = [baseStyles, shapStyles];
  static override properties = { result: { attribute: false } };
  declare result: ImageSurrogate | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Which parts of the picture matter"
      question="Row ${result.rowIndex}: why this prediction? What each patch of ${result.column} moves the ${unitOf(result)} by, being seen."
      lead=${result.partial ?? ''}
      .words=${imageSurrogateWords(result)}
      .table=${regionTable(result)}
    >
      ${figures(result)} ${result.trustworthy && result.heldOutR2 !== null ? drawing(result) : refusal(result)} ${quality(result)}
    </vitrine-figure>`;
  }
}

const unitOf = (result: ImageSurrogate): string =>
  result.class === undefined ? 'predicted value' : `probability of ${result.class}`;

const figures = (result: ImageSurrogate) => html`<dl>
  ${[
    [`Predicted ${unitOf(result).replace('predicted ', '')}`, numberWords(result.prediction)],
    ['The imitation gives', numberWords(result.surrogatePrediction)],
    ['Held-out R²', numberWords(result.heldOutR2)],
    ['Samples', numberWords(result.samples)],
  ].map(([name, words]) => html`<div><dt>${name}</dt><dd class="numbers">${words}</dd></div>`)}
</dl>`;

function drawing(result: ImageSurrogate) {
  const { picture, regions, labels } = result;
  const telling = tellingRegions(result);
  const heat = labels.map((label) => (isTellingRegion(regions[label]) ? regions[label].weight : 0));
  const marks = telling.slice(0, marked).map(({ x, y, weight }) => ({ x, y, sign: weight > 0 ? '+' : '−' }));
  const still = regions.length - telling.length;
  return html`<vitrine-picture-map
      label="What each patch adds"
      .picture=${picture}
      .heat=${heat}
      .marks=${marks}
    ></vitrine-picture-map>
    <vitrine-interval-bars label="Patches" .bars=${telling.slice(0, shortLength).map((region) => bar(result, region))}></vitrine-interval-bars>
    ${still > 0 ? html`<p class="small quiet">${countWords(still, 'patch', 'patches')} cannot be told from nothing.</p>` : nothing}`;
}

const refusal = (result: ImageSurrogate) => html`<vitrine-empty-state
    picture="warning"
    tone="warning"
    heading="No patch by itself is the reason here"
    words=${result.quality.words}
  ></vitrine-empty-state>
  ${result.heldOutR2 === null ? nothing : html`<details><summary>Show the patches all the same</summary>${drawing(result)}</details>`}`;

const bar = ({ picture }: ImageSurrogate, region: PictureRegion): Bar => ({
  label: `At the ${placeWords(picture!, region)}`,
  value: region.weight,
  interval: { low: region.weight - 2 * region.spread, high: region.weight + 2 * region.spread },
  words: changeWords(region.weight),
  note: countWords(region.pixels, 'pixel'),
});

const regionTable = ({ regions, picture, column }: ImageSurrogate): TableContent => ({
  caption: `What each patch of ${column} adds`,
  columns: [
    { title: 'Place' },
    { title: 'From the left', numeric: true },
    { title: 'From the top', numeric: true },
    { title: 'Pixels', numeric: true },
    { title: 'Weight', numeric: true },
    { title: 'Spread', numeric: true, hint: 'Standard deviation over repeats of the sampling' },
  ],
  rows: [...regions]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map((region) => [
      placeWords(picture!, region),
      numberWords(region.x),
      numberWords(region.y),
      numberWords(region.pixels),
      changeWords(region.weight),
      numberWords(region.spread),
    ]),
});
define('vitrine-image-surrogate', ImageSurrogateView);
