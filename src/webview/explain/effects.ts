import { css, html, nothing, type TemplateResult } from 'lit';
import {
  type ColumnEffect,
  columnEffectWords,
  disagreementWords,
  type Effects,
  effectsBasisWords,
  effectsWords,
  pointWords,
} from '../../shared/results/effects.ts';
import { changeWords, countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { classColors, colorOf, localColor, partialColor } from '../charts/class-colors.ts';
import { type DrawnEffect, effectCurve } from '../charts/effect-curve.ts';
import { effectLevels } from '../charts/effect-levels.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { icon } from '../components/icon.ts';
import { select } from '../components/select.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

const shortLength = 6;
/** So many classes have a colour of their own; of more one is drawn at a time. */
const mostTogether = 6;
const all = 'all';

/** How predictions change with each column: partial dependence, single rows and local effects over where the rows lie. */
export class EffectsView extends VitrineElement {
  static override styles = [
    baseStyles,
    classColors,
    css`
      .graphs {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 18px 24px;
        align-items: start;
      }
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
      .head {
        margin-bottom: 4px;
      }
      .class,
      .legend {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 14px;
        margin-bottom: 10px;
      }
      .swatch {
        display: inline-block;
        width: 18px;
        margin-right: 5px;
        vertical-align: middle;
        border-top: 2px solid var(--own);
      }
      .dashed {
        border-top-style: dashed;
      }
      .warning {
        margin-top: 4px;
      }
      .warning .icon {
        color: var(--warn);
      }
      .more {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = {
    result: { attribute: false },
    whole: { state: true },
    chosen: { state: true },
    lines: { state: true },
  };
  declare result: Effects | null;
  declare whole: boolean;
  /** The output that is drawn, or all of them. */
  declare chosen: string;
  declare lines: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
    this.chosen = all;
    this.lines = true;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { columns, classes } = result;
    const shown = this.whole ? columns : columns.slice(0, shortLength);
    const rest = columns.length - shortLength;
    const outputs = shownOutputs(classes, this.chosen);
    return html`<vitrine-figure
      heading="How predictions change with each column"
      question="The mean ${result.unit} with a column set to a value for all rows (partial dependence), and as it changes among the rows that have about that value (local effects). ${effectsBasisWords(result)}"
      .words=${effectsWords(result)}
      .table=${effectsTable(result)}
    >
      ${result.partial ? html`<p>${result.partial}</p>` : nothing}
      ${classes ? this.#classChooser(classes) : nothing} ${this.#legend(outputs)}
      <div class="graphs">
        ${shown.map((effect) => graph({ effect, level: result.level ?? [], shown: outputs, lines: this.lines }, classes))}
      </div>
      ${rest > 0 ? html`<p class="small more">${link(this.whole ? `Show the first ${shortLength}` : `Show ${rest} more`, this.#toggle)}</p>` : nothing}
      ${quality(result)}
    </vitrine-figure>`;
  }

  #classChooser(classes: readonly string[]) {
    const options = [
      ...(classes.length <= mostTogether ? [{ value: all, label: 'All classes' }] : []),
      ...classes.map((label, output) => ({ value: String(output), label })),
    ];
    const choose = (value: string) => {
      this.chosen = value;
    };
    const value = classes.length > mostTogether && this.chosen === all ? '0' : this.chosen;
    return html`<div class="class">
      <span class="quiet">Class</span>${select({ label: 'Class', options, value, onChange: choose })}
    </div>`;
  }

  #legend(outputs: DrawnEffect['shown']) {
    if (outputs.length > 1)
      return html`<div class="legend small quiet">
        ${outputs.map(({ output, class: name }) => html`<span>${swatch(colorOf(output))}${name}</span>`)}
        <span>dashed or hollow: local effects</span>
      </div>`;
    const toggle = () => {
      this.lines = !this.lines;
    };
    return html`<div class="legend small quiet">
      <span>${swatch(partialColor)}partial dependence</span>
      <span>${swatch(localColor, true)}local effects</span>
      ${link(this.lines ? 'Hide single rows' : 'Show single rows', toggle)}
    </div>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

function shownOutputs(classes: readonly string[] | undefined, chosen: string): DrawnEffect['shown'] {
  if (!classes) return [{ output: 0 }];
  const every = classes.map((name, output) => ({ output, class: name }));
  if (chosen === all) return classes.length <= mostTogether ? every : every.slice(0, 1);
  return every.slice(Number(chosen), Number(chosen) + 1);
}

const swatch = (color: string, dashed = false) => html`<span class="swatch ${color} ${dashed ? 'dashed' : ''}"></span>`;

function graph(drawn: DrawnEffect, classes: readonly string[] | undefined): TemplateResult {
  const { effect } = drawn;
  const { column, axis, missing, spread } = effect;
  const known = effect.partial.at.length > 0;
  const warning = disagreementWords(effect);
  return html`<section>
    <div class="head">
      <h4>${column}</h4>
      <span class="small quiet">${spread > 0 ? `moves it by ${numberWords(spread)} (standard deviation)` : 'no effect by itself'}</span>
    </div>
    ${known ? drawing(drawn, columnEffectWords(effect, classes)) : html`<p class="small quiet">No value is known.</p>`}
    ${axis.kind === 'levels' && axis.further > 0 ? html`<p class="small quiet">${countWords(axis.further, 'rarer level')} not looked at.</p>` : nothing}
    ${missing ? html`<p class="small quiet">Missing in ${percentWords(missing.share)} of the rows: ${missingWords(drawn)}</p>` : nothing}
    ${warning ? html`<p class="small warning">${icon('warning', 'Warning')} ${warning}</p>` : nothing}
  </section>`;
}

const drawing = (drawn: DrawnEffect, label: string): TemplateResult =>
  drawn.effect.axis.kind === 'numbers' ? effectCurve(drawn, label) : effectLevels(drawn, label);

const missingWords = ({ effect: { missing }, shown }: DrawnEffect): string =>
  shown
    .map(({ output, class: name }) => `${name ? `${name} ` : ''}${numberWords(missing?.partial[output])}`)
    .join(', ');

/** Points of the table along a number. */
const tablePoints = 12;

function effectsTable({ columns, classes, level }: Effects): TableContent {
  return {
    caption: 'How predictions change with each column',
    columns: [
      { title: 'Column' },
      { title: 'Value' },
      ...(classes ? [{ title: 'Class' }] : []),
      {
        title: 'Partial dependence',
        numeric: true,
        hint: 'Mean prediction with the column set to the value for all rows',
      },
      {
        title: 'Local effect',
        numeric: true,
        hint: 'Change from the mean prediction, added up among the rows that have about such values',
      },
      { title: 'Error', numeric: true, hint: 'Standard error of the local effect' },
    ],
    rows: columns.flatMap((one) => (level ? tableRows(one, classes) : [])),
  };
}

function tableRows({ column, axis, partial, local }: ColumnEffect, classes: readonly string[] | undefined): string[][] {
  const step = axis.kind === 'levels' ? 1 : Math.max(1, Math.ceil(partial.at.length / tablePoints));
  const points = partial.at.flatMap((at, i) => (i % step === 0 || i === partial.at.length - 1 ? [{ at, i }] : []));
  return points.flatMap(({ at, i }) => {
    const near = local.at.reduce(
      (best, point, k) => (Math.abs(point - at) < Math.abs(local.at[best] - at) ? k : best),
      0,
    );
    return partial.mean.map((mean, output) => [
      column,
      pointWords(axis, at),
      ...(classes ? [classes[output]] : []),
      numberWords(mean[i]),
      changeWords(local.effect[output][near]),
      numberWords(local.error[output][near], 2),
    ]);
  });
}
define('vitrine-effects', EffectsView);
