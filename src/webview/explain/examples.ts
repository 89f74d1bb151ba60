import { css, html, nothing } from 'lit';
import { distanceWords, type Example, type Examples, examplesWords } from '../../shared/results/examples.ts';
import { baseStyles } from '../components/base-styles.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { cellWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { quality } from './quality.ts';

/** Which rows are like this one: its nearest training rows with what differs marked, and typical rows. */
export class ExamplesView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h3 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 0;
      }
      .chosen {
        margin-bottom: 6px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: Examples | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Which examples are like this"
      question="Row ${result.rowIndex} first, then the training rows nearest to it${result.space ? ' as the model sees them' : ''}; cells that differ are bold."
      .words=${examplesWords(result)}
    >
      <vitrine-table .content=${nearestTable(result)}></vitrine-table>
      ${
        result.prototypes.length > 0
          ? html`<h3>Typical rows</h3>
            <p class="small quiet chosen">Chosen to stand for the training part; the share says how much of it is nearest to each.</p>
            <vitrine-table .content=${prototypesTable(result)}></vitrine-table>`
          : nothing
      }
      ${quality(result)}
    </vitrine-figure>`;
  }
}

const rightOrWrong = ({ truth, predicted }: Example): TableCell =>
  String(truth) === String(predicted)
    ? String(predicted)
    : { text: `${predicted} ✗`, title: `wrong: the truth is ${truth}` };

/** Columns that differ come first, because the table may be wide. */
export function nearestTable(result: Examples): TableContent {
  const { row, rowIndex, prediction, nearest } = result;
  const names = Object.keys(row);
  const differs = (name: string) => nearest.some((example) => example.row[name] !== row[name]);
  const ordered = [...names.filter(differs), ...names.filter((name) => !differs(name))];
  return {
    caption: `Training rows nearest to row ${rowIndex}`,
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Distance', numeric: true, hint: distanceWords(result) },
      { title: 'Truth' },
      { title: 'Predicted' },
      ...ordered.map((name) => ({ title: name, numeric: typeof row[name] === 'number' })),
    ],
    rows: [
      [String(rowIndex), 'this row', '', cellWords(prediction), ...ordered.map((name) => cellWords(row[name]))],
      ...nearest.map((example): TableCell[] => [
        String(example.rowIndex),
        numberWords(example.distance),
        cellWords(example.truth),
        rightOrWrong(example),
        ...ordered.map((name): TableCell => {
          const text = cellWords(example.row[name]);
          return example.row[name] === row[name] ? { text, mark: 'quiet' } : { text, mark: 'differs' };
        }),
      ]),
    ],
  };
}

function prototypesTable({ row, prototypes }: Examples): TableContent {
  const names = Object.keys(row);
  return {
    caption: 'Typical rows of the training part',
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Share', numeric: true },
      { title: 'Truth' },
      { title: 'Predicted' },
      ...names.map((name) => ({ title: name, numeric: typeof row[name] === 'number' })),
    ],
    rows: prototypes.map((example) => [
      String(example.rowIndex),
      percentWords(example.share, 0),
      cellWords(example.truth),
      rightOrWrong(example),
      ...names.map((name) => cellWords(example.row[name])),
    ]),
  };
}
define('vitrine-examples', ExamplesView);
