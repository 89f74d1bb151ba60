import { css, html, nothing, type TemplateResult } from 'lit';
import {
  effectWords,
  type Influence,
  influencedWords,
  influenceWords,
  type OwnRow,
  type PushingRow,
  sideTitles,
  suspectsWords,
  tracedWords,
} from '../../shared/results/influence.ts';
import { cellWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** Training rows that push a prediction up and down, and those that were learnt for their own sake. */
export class InfluenceView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 0;
      }
      .said {
        margin: 6px 0;
        max-width: 75ch;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: Influence | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const [rises, falls] = sideTitles(result);
    return html`<vitrine-figure
      heading="Which training rows it comes from"
      question="Row ${result.rowIndex}: which training rows push the ${influencedWords(result)} up and down?"
      lead=${result.partial ?? ''}
      .words=${influenceWords(result)}
    >
      ${result.trustworthy ? nothing : doubt(result)} ${bars(result)}
      <p class="small quiet said">${tracedWords(result)} ${result.assumptions}</p>
      ${pushers(rises, result.up, result)} ${pushers(falls, result.down, result)} ${own(result)} ${quality(result)}
    </vitrine-figure>`;
  }
}

const doubt = ({ quality: { words } }: Influence) => html`<vitrine-empty-state
  picture="warning"
  tone="warning"
  heading="The sizes are not to be read"
  words=${words}
></vitrine-empty-state>`;

const bars = (result: Influence): TemplateResult =>
  result.up.length + result.down.length === 0
    ? html`<p>No training row moves the ${influencedWords(result)}.</p>`
    : html`<vitrine-interval-bars label="What training rows push" .bars=${barsOf(result)}></vitrine-interval-bars>`;

const barsOf = (result: Influence): Bar[] =>
  [...result.up, ...result.down.toReversed()].map((row) => ({
    label: `Row ${row.rowIndex}: ${cellWords(row.truth)}`,
    value: row.effect,
    words: effectWords(result, row.effect),
    look: result.trustworthy ? 'solid' : 'hollow',
    note: row.helps ? undefined : 'away from the truth',
  }));

const pushers = (heading: string, rows: readonly PushingRow[], result: Influence): TemplateResult | typeof nothing =>
  rows.length === 0
    ? nothing
    : html`<h4>${heading}</h4>
        <vitrine-table .content=${pushersTable(heading, rows, result)}></vitrine-table>`;

/** Columns in which they differ from the explained row come first, because the table may be wide. */
function pushersTable(heading: string, rows: readonly PushingRow[], result: Influence): TableContent {
  const names = Object.keys(result.row);
  const differs = (name: string) => rows.some((one) => one.row[name] !== result.row[name]);
  const ordered = [...names.filter(differs), ...names.filter((name) => !differs(name))];
  return {
    caption: `${heading}: training rows`,
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Effect', numeric: true, hint: `On the ${influencedWords(result)}` },
      { title: 'Truth' },
      { title: 'Predicted' },
      ...ordered.map((name) => ({ title: name, numeric: typeof result.row[name] === 'number' })),
    ],
    rows: [
      [
        String(result.rowIndex),
        'this row',
        cellWords(result.truth),
        result.class ?? numberWords(result.prediction),
        ...ordered.map((name) => cellWords(result.row[name])),
      ],
      ...rows.map((one): TableCell[] => [
        String(one.rowIndex),
        effectWords(result, one.effect),
        cellWords(one.truth),
        said(one.predicted, one.truth),
        ...ordered.map((name): TableCell => {
          const text = cellWords(one.row[name]);
          return one.row[name] === result.row[name] ? { text, mark: 'quiet' } : { text, mark: 'differs' };
        }),
      ]),
    ],
  };
}

const own = (result: Influence): TemplateResult => html`<h4>Learnt for their own sake</h4>
  <p class="small quiet said">
    Training rows that most shape their own prediction: exceptions, and wrong labels. ${suspectsWords(result)}
  </p>
  ${result.own.length === 0 ? nothing : html`<vitrine-table .content=${ownTable(result)}></vitrine-table>`}`;

function ownTable(result: Influence): TableContent {
  const names = Object.keys(result.row);
  const isClasses = result.class !== undefined;
  const without = result.way === 'gradients' ? 'Predicted' : 'Predicted without it';
  return {
    caption: 'Training rows learnt for their own sake',
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Truth' },
      { title: without },
      ...(isClasses ? [{ title: 'Own class', numeric: true, hint: 'Probability of its own class' }] : []),
      {
        title: 'Gain',
        numeric: true,
        hint: result.way === 'gradients' ? "Share of all rows' gains" : 'How much more it would lose without itself',
      },
      ...names.map((name) => ({ title: name, numeric: typeof result.row[name] === 'number' })),
    ],
    rows: result.own.map((one): TableCell[] => [
      String(one.rowIndex),
      one.suspect
        ? { text: `${cellWords(one.truth)} ?`, mark: 'differs', title: 'too unlikely to be chance' }
        : cellWords(one.truth),
      said(one.said, one.truth),
      ...(isClasses ? [numberWords(one.probability, 2)] : []),
      gainWords(result, one),
      ...names.map((name) => cellWords(one.row[name])),
    ]),
  };
}

const said = (predicted: string | number, truth: string | number): TableCell =>
  typeof predicted === 'number' || predicted === truth
    ? cellWords(predicted)
    : { text: `${predicted} ✗`, title: `wrong: the truth is ${truth}` };

const gainWords = ({ way }: Influence, { gain }: OwnRow): string =>
  way === 'gradients' ? percentWords(gain) : numberWords(gain);
define('vitrine-influence', InfluenceView);
