import { css, html, nothing } from 'lit';
import type { Example } from '../../shared/results/examples.ts';
import { cellWords, changeWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import {
  type Prototypes,
  prototypesBasisWords,
  prototypesWords,
  wrongCriticismsWords,
} from '../../shared/results/prototypes.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableCell, TableColumn, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** Rows that stand for the training part, and those that they do not stand for. */
export class PrototypesView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 0;
      }
      .said {
        margin-bottom: 6px;
        max-width: 75ch;
      }
      .basis {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: Prototypes | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="Typical rows, and those that are not"
      question="Which few rows stand for the training part, and which ones do they leave out?"
      .words=${prototypesWords(result)}
    >
      ${result.partial ? html`<p class="small">${result.partial}</p>` : nothing}
      <h4>Prototypes</h4>
      <p class="small quiet said">
        The share says how much of the training part is nearest to each. The nearest prototype is predicted as the row for
        ${percentWords(result.agreement)} of held-out rows (${percentIntervalWords(result.interval)}); one answer for all would do for
        ${percentWords(result.commonest)}.
      </p>
      <vitrine-table .content=${prototypesTable(result)}></vitrine-table>
      ${
        result.criticisms.length > 0
          ? html`<h4>Criticisms</h4>
              <p class="small quiet said">
                Where prototypes describe the training part worst: above 0 there are more rows like it than they say.
                ${wrongCriticismsWords(result)}
              </p>
              <vitrine-table .content=${criticismsTable(result)}></vitrine-table>`
          : nothing
      }
      <p class="small quiet basis">${prototypesBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }
}

const predictedCell = ({ truth, predicted }: Example): TableCell =>
  typeof predicted === 'number' || truth === predicted
    ? cellWords(predicted)
    : { text: `${predicted} ✗`, title: `wrong: the truth is ${truth}` };

const columnsOf = ({ row }: Example): TableColumn[] =>
  Object.keys(row).map((name) => ({ title: name, numeric: typeof row[name] === 'number' }));

const cellsOf = ({ row }: Example): TableCell[] => Object.keys(row).map((name) => cellWords(row[name]));

const prototypesTable = ({ prototypes }: Prototypes): TableContent => ({
  caption: 'Prototypes of the training part',
  columns: [
    { title: 'Row', numeric: true },
    { title: 'Share', numeric: true },
    { title: 'Truth' },
    { title: 'Predicted' },
    ...columnsOf(prototypes[0]),
  ],
  rows: prototypes.map((example) => [
    String(example.rowIndex),
    percentWords(example.share, 0),
    cellWords(example.truth),
    predictedCell(example),
    ...cellsOf(example),
  ]),
});

const criticismsTable = ({ criticisms }: Prototypes): TableContent => ({
  caption: 'Rows that the prototypes leave out',
  columns: [
    { title: 'Row', numeric: true },
    { title: 'Witness', numeric: true, hint: 'Density of the rows there less that of the prototypes' },
    { title: 'Truth' },
    { title: 'Predicted' },
    ...columnsOf(criticisms[0]),
  ],
  rows: criticisms.map((example) => [
    String(example.rowIndex),
    changeWords(example.witness),
    cellWords(example.truth),
    predictedCell(example),
    ...cellsOf(example),
  ]),
});
define('vitrine-prototypes', PrototypesView);
