import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { localWords } from '../../shared/results/effects.ts';
import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import { cohortLink } from '../cohort/cohort-link.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { define, VitrineElement } from '../components/element.ts';
import { classColors, colorOf, localColor, partialColor } from './class-colors.ts';
import type { DrawnEffect } from './effect-curve.ts';
import { extent } from './extent.ts';

/** The effect of levels: a line for each, with a dot for partial dependence, a hollow diamond for local effects, and its share of the rows. */
export class EffectLevels extends VitrineElement {
  static override styles = [
    baseStyles,
    classColors,
    css`
      ul {
        display: grid;
        grid-template-columns: fit-content(40%) minmax(60px, 1fr) max-content;
        column-gap: 10px;
      }
      li {
        display: grid;
        grid-template-columns: subgrid;
        grid-column: 1 / -1;
        align-items: center;
        min-height: 22px;
        border-radius: 3px;
      }
      li:hover {
        background: var(--vscode-list-hoverBackground);
      }
      .share {
        text-align: right;
      }
      svg {
        display: block;
        width: 100%;
        height: 20px;
        overflow: visible;
      }
      line {
        stroke: var(--vscode-charts-lines);
      }
      circle {
        fill: var(--own);
      }
      .diamond {
        stroke: var(--own);
        fill: var(--vscode-editor-background);
        stroke-width: 1.5;
      }
      .line {
        stroke: var(--quiet);
        stroke-opacity: 0.35;
      }
      .ends {
        grid-column: 2;
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
    `,
  ];
  static override properties = { drawn: { attribute: false }, label: {} };
  declare drawn: DrawnEffect | null;
  declare label: string;

  constructor() {
    super();
    this.drawn = null;
    this.label = '';
  }

  protected override render() {
    const { drawn } = this;
    const axis = drawn?.effect.axis;
    if (!drawn || axis?.kind !== 'levels') return nothing;
    const marks = axis.levels.map((_, place) => marksAt(drawn, place));
    const [low, high] = extent(marks.flatMap(({ lines, values }) => [...lines, ...values.map(({ at }) => at)]));
    const share = (value: number) => (high > low ? 4 + (92 * (value - low)) / (high - low) : 50);
    return html`<ul aria-label=${this.label}>
      ${axis.levels.map(
        (level, place) => html`<li title=${wordsAt(drawn, place)}>
          <div>${cohortLink(html`${breakable(level)}`, [{ kind: 'levels', column: drawn.effect.column, levels: [level], isNot: false, missing: false }])}</div>
          ${track(marks[place], share)}
          <div class="share small quiet numbers">${percentWords(drawn.effect.density[place], 0)}</div>
        </li>`,
      )}
      <li><span class="ends small quiet numbers"><span>${numberWords(low)}</span><span>${high > low ? numberWords(high) : nothing}</span></span></li>
    </ul>`;
  }
}

interface Mark {
  readonly shape: 'dot' | 'diamond';
  readonly at: number;
  readonly color: string;
}
interface Marks {
  readonly lines: readonly number[];
  readonly values: readonly Mark[];
}

function marksAt({ effect: { partial, local }, level, shown, lines }: DrawnEffect, place: number): Marks {
  const single = shown.length === 1;
  return {
    lines: lines && single ? partial.lines[shown[0].output].map((line) => line[place]) : [],
    values: shown.flatMap(({ output }): Mark[] => [
      {
        shape: 'diamond',
        at: level[output] + local.effect[output][place],
        color: single ? localColor : colorOf(output),
      },
      { shape: 'dot', at: partial.mean[output][place], color: single ? partialColor : colorOf(output) },
    ]),
  };
}

const track = ({ lines, values }: Marks, share: (value: number) => number) => html`<svg aria-hidden="true">
  ${svg`<line x1="0" x2="100%" y1="10" y2="10"></line>`}
  ${lines.map((at) => svg`<line class="line" x1="${share(at)}%" x2="${share(at)}%" y1="5" y2="15"></line>`)}
  ${values.map(({ shape, at, color }) =>
    shape === 'dot'
      ? svg`<circle class=${color} cx="${share(at)}%" cy="10" r="4"></circle>`
      : svg`<svg x="${share(at)}%" y="10" overflow="visible"><path class="diamond ${color}" d="M0 -6L6 0L0 6L-6 0Z"></path></svg>`,
  )}
</svg>`;

const wordsAt = ({ effect: { partial, local }, level, shown }: DrawnEffect, place: number): string =>
  shown
    .map(
      ({ output, class: name }) =>
        `${name ? `${name}: ` : ''}${numberWords(partial.mean[output][place])}, by local effects ${localWords(level[output] + local.effect[output][place], local.error[output][place])}`,
    )
    .join('\n');

export const effectLevels = (drawn: DrawnEffect, label: string): TemplateResult =>
  html`<vitrine-effect-levels .drawn=${drawn} label=${label}></vitrine-effect-levels>`;
define('vitrine-effect-levels', EffectLevels);
