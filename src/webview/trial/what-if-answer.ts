import { css, html, nothing } from 'lit';
import { changeWords, countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import {
  distanceWords,
  heldWords,
  outsideCellWords,
  type RowPrediction,
  type WhatIf,
} from '../../shared/results/what-if.ts';
import { type BarPair, pairedBars } from '../charts/paired-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';

/** Of very many classes the most probable ones, before or after. */
const mostClasses = 6;

/** What is predicted of the row as it was and as it is now, and how far it is from the data. */
export class WhatIfAnswer extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .said {
        font-size: 1.25em;
        font-weight: 600;
        margin: 0 0 2px;
      }
      .bars {
        margin: 8px 0;
      }
      .warning .icon {
        color: var(--warn);
      }
      .outside {
        display: grid;
        gap: 3px;
        margin-top: 6px;
      }
    `,
  ];
  static override properties = { answer: { attribute: false } };
  declare answer: WhatIf | null;

  constructor() {
    super();
    this.answer = null;
  }

  protected override render() {
    const { answer } = this;
    if (!answer) return nothing;
    const { before, after, truth, edits, notes, outside, target } = answer;
    const same = before.label === after.label;
    const said = edits.length === 0 || same ? wordsOf(after) : `${wordsOf(before)} → ${wordsOf(after)}`;
    return html`<p class="small quiet">${target}, by ${answer.model}</p>
      <p class="said" aria-live="polite">${said}</p>
      <p class="small quiet">${this.#moreWords(before, after, edits.length > 0, truth)}</p>
      ${answer.classes ? html`<div class="bars">${pairedBars('Probability of each class', classPairs(answer))}</div>` : nothing}
      ${notes.map((note) => html`<p class="small">${note}</p>`)}
      <div class="outside small">
        ${outside.cells.map((cell) => html`<p class="warning">${icon('warning', 'Warning')} ${outsideCellWords(cell)}.</p>`)}
        <p class=${outside.isFar ? 'warning' : 'quiet'}>${outside.isFar ? icon('warning', 'Warning') : nothing} ${distanceWords(outside)}</p>
      </div>`;
  }

  #moreWords(
    before: RowPrediction,
    after: RowPrediction,
    isEdited: boolean,
    truth: string | number | undefined,
  ): string {
    const values = typeof after.label === 'number' && typeof before.label === 'number';
    return [
      isEdited && values
        ? `was ${numberWords(before.values[0])}, ${changeWords(after.values[0] - before.values[0])}`
        : '',
      after.decided && after.decided.label !== after.label
        ? `decided for ${after.decided.metric}: ${after.decided.label}`
        : '',
      after.held ? heldWords(after.held) : '',
      truth === undefined ? '' : `in the data it is ${typeof truth === 'number' ? numberWords(truth) : truth}`,
    ]
      .filter(Boolean)
      .join('; ');
  }
}

const wordsOf = ({ label, values }: RowPrediction): string =>
  typeof label === 'number' ? numberWords(label) : `${label} ${percentWords(Math.max(...values))}`;

/** The most probable classes, the others as one; as it was stands beside it where the row was edited. */
function classPairs({ classes = [], before, after, edits }: WhatIf): BarPair[] {
  const order = [...classes.keys()].sort(
    (a, b) => Math.max(before.values[b], after.values[b]) - Math.max(before.values[a], after.values[a]),
  );
  const first = order.slice(0, order.length > mostClasses ? mostClasses - 1 : mostClasses).sort((a, b) => a - b);
  const rest = order.filter((k) => !first.includes(k));
  const pair = (label: string, places: readonly number[], strong: boolean): BarPair => {
    const [was, is] = [before, after].map(({ values }) => places.reduce((sum, k) => sum + values[k], 0));
    const moved = is - was;
    return {
      label,
      after: is,
      words: `${percentWords(is)}${moved === 0 ? '' : ` (${changeWords(100 * moved, 2)})`}`,
      strong,
      ...(edits.length > 0 && { before: was }),
    };
  };
  return [
    ...first.map((k) => pair(classes[k], [k], classes[k] === after.label)),
    ...(rest.length > 0 ? [pair(countWords(rest.length, 'other class', 'other classes'), rest, false)] : []),
  ];
}
define('vitrine-what-if-answer', WhatIfAnswer);
