import { css, html, nothing } from 'lit';
import {
  type ColumnImportance,
  type PermutationImportance,
  permutationImportanceWords,
} from '../../shared/results/permutation-importance.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { quality } from './quality.ts';

const shortLength = 12;

/** Which columns matter: bars with intervals; what cannot be told from noise is hollow and says so. */
export class PermutationImportanceView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .together {
        font-size: inherit;
        font-weight: 600;
        margin-top: 14px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, whole: { state: true } };
  declare result: PermutationImportance | null;
  declare whole: boolean;

  constructor() {
    super();
    this.result = null;
    this.whole = false;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const shown = this.whole ? result.columns : result.columns.slice(0, shortLength);
    const rest = result.columns.length - shortLength;
    return html`<vitrine-figure
      heading="Which columns matter"
      question="How much the ${result.metric.replaceAll('_', ' ')} worsens when a column is shuffled; lines are 95 % intervals. ${partWords(result)}"
      .words=${permutationImportanceWords(result)}
      .table=${importanceTable(result)}
    >
      <vitrine-interval-bars label="Importance by column" .bars=${shown.map(bar)}></vitrine-interval-bars>
      ${rest > 0 ? html`<p class="small">${link(this.whole ? `Show the first ${shortLength}` : `Show ${rest} more`, this.#toggle)}</p>` : nothing}
      ${
        result.groups.length > 0
          ? html`<h3 class="together">Columns that go together</h3>
            <p class="small quiet">
              Correlated columns stand in for each other, so each alone looks less important than it is: here they are shuffled as one.
            </p>
            <vitrine-interval-bars label="Importance by group" .bars=${result.groups.map(bar)}></vitrine-interval-bars>`
          : nothing
      }
      ${quality(result)}
    </vitrine-figure>`;
  }

  #toggle = (): void => {
    this.whole = !this.whole;
  };
}

const partWords = ({ rows, part }: PermutationImportance): string => `${numberWords(rows)} rows of the ${part} part.`;

const bar = ({ columns, importance, interval, distinguishable }: ColumnImportance): Bar => ({
  label: columns.join(' + '),
  value: importance,
  interval,
  words: numberWords(importance),
  look: distinguishable ? 'solid' : 'hollow',
  note: distinguishable ? undefined : 'not distinguishable from noise',
});

function importanceTable({ columns, groups, metric }: PermutationImportance): TableContent {
  return {
    caption: 'Permutation importance',
    columns: [
      { title: 'Columns' },
      { title: `Growth of ${metric}`, numeric: true },
      { title: 'Low', numeric: true, hint: 'Lower end of the 95 % interval' },
      { title: 'High', numeric: true, hint: 'Upper end of the 95 % interval' },
      { title: 'Distinguishable from noise' },
    ],
    rows: [...columns, ...groups].map((each) => [
      each.columns.join(' + '),
      numberWords(each.importance),
      numberWords(each.interval.low),
      numberWords(each.interval.high),
      each.distinguishable ? 'yes' : 'no',
    ]),
  };
}
define('vitrine-permutation-importance', PermutationImportanceView);
