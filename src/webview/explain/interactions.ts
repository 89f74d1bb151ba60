import { css, html, nothing, type TemplateResult } from 'lit';
import {
  heldOutWords,
  type InteractionMap,
  type Interactions,
  interactionsBasisWords,
  interactionsWords,
  type PairInteraction,
  pairName,
} from '../../shared/results/interactions.ts';
import { changeWords, intervalWords, numberWords } from '../../shared/results/numbers.ts';
import { effectMap } from '../charts/effect-map.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { select } from '../components/select.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

const shortLength = 6;
const drawnAtFirst = 2;

/** Which columns act together: pairs by the strength of their interaction, with maps of what they do; hollow what held-out rows do not bear out. */
export class InteractionsView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 4px;
      }
      h5 {
        font-size: inherit;
        font-weight: normal;
        margin: 0 0 4px;
      }
      .maps {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr));
        gap: 10px 24px;
      }
      .class {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-top: 12px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true }, output: { state: true } };
  declare result: Interactions | null;
  declare whole: boolean;
  declare output: number;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
    this.output = 0;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const pairs = result.pairs.filter(({ strength }) => strength > 0);
    const columns = result.columns.filter(({ strength }) => strength > 0);
    const drawn = pairs.filter(({ map }) => map).slice(0, this.whole ? pairs.length : drawnAtFirst);
    const more = Math.max(pairs.length - shortLength, pairs.filter(({ map }) => map).length - drawnAtFirst) > 0;
    return html`<vitrine-figure
      heading="Which columns act together"
      question="How far the ${result.unit} are more than a sum over columns: the standard deviation of what a pair does beyond its columns. Hollow: not borne out by held-out rows, or not tried on them. ${interactionsBasisWords(result)}"
      .words=${interactionsWords(result)}
      .table=${interactionsTable(result)}
    >
      ${result.partial ? html`<p>${result.partial}</p>` : nothing}
      ${pairs.length > 0 ? bars('Pairs by the strength of their interaction', pairs.slice(0, this.whole ? pairs.length : shortLength).map(pairBar)) : html`<p>No two columns of those looked at act together.</p>`}
      ${result.classes && drawn.length > 0 ? this.#classChooser(result.classes) : nothing}
      ${drawn.map((pair) => pair.map && maps(pair, pair.map, Math.min(this.output, pair.map.partial.length - 1)))}
      ${
        columns.length > 0
          ? html`<h4>Each column with all others</h4>
              ${bars(
                "Friedman's H of each column",
                columns.slice(0, this.whole ? columns.length : shortLength).map(({ column, h, interval }) => ({
                  label: column,
                  value: h,
                  interval,
                  words: `H ${numberWords(h, 2)}`,
                })),
              )}`
          : nothing
      }
      ${more ? html`<p class="small">${link(this.whole ? 'Show fewer' : 'Show all', this.#toggle)}</p>` : nothing}
      ${quality(result)}
    </vitrine-figure>`;
  }

  #classChooser(classes: readonly string[]) {
    const options = classes.map((label, k) => ({ value: String(k), label }));
    const choose = (value: string) => {
      this.output = Number(value);
    };
    return html`<div class="class">
      <span class="quiet">Class</span>${select({ label: 'Class', options, value: String(this.output), onChange: choose })}
    </div>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

const bars = (label: string, all: readonly Bar[]): TemplateResult =>
  html`<vitrine-interval-bars label=${label} .bars=${all}></vitrine-interval-bars>`;

const pairBar = (pair: PairInteraction): Bar => ({
  label: pairName(pair),
  value: pair.strength,
  words: `${numberWords(pair.strength, 2)}, H ${numberWords(pair.h, 2)}`,
  look: pair.heldOut?.borneOut ? 'solid' : 'hollow',
  note: heldOutWords(pair),
});

function maps(pair: PairInteraction, map: InteractionMap, output: number): TemplateResult {
  const ways = [
    { title: 'by partial dependence', effect: map.partial },
    { title: 'by local effects', effect: map.local },
  ];
  return html`<h4>${pairName(pair)}</h4>
    <div class="maps">
      ${ways.map(
        ({ title, effect }) => html`<div>
          <h5 class="small quiet">${title}</h5>
          ${effectMap({ axes: map.axes, effect, share: map.share, importance: pair.strength }, output, `${pairName(pair)} ${title}: ${rangeWords(effect[output], map.share)}`)}
        </div>`,
      )}
    </div>`;
}

/** 'from -1.2 to +0.8' over the cells that hold rows. */
function rangeWords(values: readonly number[], share: readonly number[]): string {
  const held = values.filter((_, cell) => share[cell] > 0);
  return held.length > 0 ? `from ${changeWords(Math.min(...held))} to ${changeWords(Math.max(...held))}` : 'nothing';
}

function interactionsTable({ pairs, columns, loss }: Interactions): TableContent {
  return {
    caption: 'Which columns act together',
    columns: [
      { title: 'Columns' },
      { title: 'Strength', numeric: true, hint: 'Standard deviation of the interaction' },
      { title: "Friedman's H", numeric: true, hint: 'The interaction beside all that the columns do' },
      { title: '95 % interval', numeric: true, hint: 'Of H, over resampled rows' },
      { title: `Growth of ${loss} without it`, numeric: true, hint: 'Of rows that the model was not fitted on' },
      { title: 'Borne out' },
    ],
    rows: [
      ...pairs.map((pair) => [
        pairName(pair),
        ...numbersOf(pair),
        pair.heldOut ? changeWords(pair.heldOut.saved) : 'not tried',
        pair.heldOut ? (pair.heldOut.borneOut ? 'yes' : 'no') : 'not tried',
      ]),
      ...columns.map((one) => [`${one.column} with all others`, ...numbersOf(one), 'not tried', 'not tried']),
    ],
  };
}

const numbersOf = ({ strength, h, interval }: Pick<PairInteraction, 'strength' | 'h' | 'interval'>): string[] => [
  numberWords(strength),
  numberWords(h),
  intervalWords(interval, 2),
];
define('vitrine-interactions', InteractionsView);
