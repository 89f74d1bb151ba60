import { css, html, nothing } from 'lit';
import {
  type Counterfactual,
  type Counterfactuals,
  counterfactualsBasisWords,
  counterfactualsWords,
  obstacleWords,
} from '../../shared/results/counterfactuals.ts';
import { cellWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** What would change the prediction: the row beside changed rows of which the model says something else; where there are none, why. */
export class CounterfactualsView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      ul.obstacles {
        display: grid;
        gap: 4px;
        margin: 0 0 8px;
        padding-left: 18px;
        list-style: disc;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: Counterfactuals | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    return html`<vitrine-figure
      heading="What would change the prediction"
      question="Row ${result.rowIndex}: why not ${result.wanted}? Small changes after which the model says so; what changes is bold."
      lead=${result.partial ?? ''}
      .words=${counterfactualsWords(result)}
    >
      ${result.found.length > 0 ? html`<vitrine-table .content=${changesTable(result)}></vitrine-table>` : refusal(result)}
      <p class="small quiet">${counterfactualsBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }
}

function refusal({ none, obstacles }: Counterfactuals) {
  return html`<vitrine-empty-state
      picture="warning"
      tone="warning"
      heading="No such change was found"
      words=${none ?? ''}
    ></vitrine-empty-state>
    ${
      obstacles.length > 0
        ? html`<ul class="obstacles">
            ${obstacles.map((obstacle) => html`<li>${obstacleWords(obstacle)}</li>`)}
          </ul>`
        : nothing
    }`;
}

/** The row and its changes beside one another: a line for each column that one of them changes. */
export function changesTable({ row, rowIndex, prediction, found }: Counterfactuals): TableContent {
  const names = [...new Set(found.flatMap(({ edits }) => edits.map(({ column }) => column)))];
  const line = (title: string, own: string, of: (one: Counterfactual) => TableCell): TableCell[] => [
    title,
    own,
    ...found.map(of),
  ];
  return {
    caption: `Row ${rowIndex} and the changes that give something else`,
    columns: [
      { title: 'Column' },
      { title: 'This row' },
      ...found.map((_, i) => ({ title: `Change ${i + 1}`, hint: i === 0 ? 'The best: small and likely' : undefined })),
    ],
    rows: [
      ...names.map((name) => line(name, cellWords(row[name] ?? null), (one) => changed(one, name, row[name] ?? null))),
      line('Predicted', cellWords(prediction), ({ predicted }) => ({ text: cellWords(predicted), mark: 'differs' })),
      ...(typeof prediction === 'string' ? [line('Its probability', '', ({ score }) => percentWords(score))] : []),
      line('Columns changed', '', ({ edits }) => numberWords(edits.length)),
      line('Distance', '', ({ distance }) => ({
        text: numberWords(distance),
        title: 'In median absolute deviations of the training values, another level counts 1',
      })),
      line('Likely?', '', ({ plausible, asLonely }) => ({
        text: plausible ? 'as training rows are' : 'unlike the training rows',
        title: `${percentWords(asLonely, 0)} of the training rows lie as far from their neighbours`,
      })),
    ],
  };
}

function changed({ edits }: Counterfactual, name: string, own: number | string | null): TableCell {
  const edit = edits.find(({ column }) => column === name);
  return edit ? { text: cellWords(edit.to), mark: 'differs' } : { text: cellWords(own), mark: 'quiet' };
}
define('vitrine-counterfactuals', CounterfactualsView);
