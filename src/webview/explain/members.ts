import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { type MemberScore, type Members, memberName, membersWords } from '../../shared/results/members.ts';
import { cellWords, numberWords, percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** What the members of an ensemble say: their weights and losses, how often two agree, and the rows they dispute. */
export class MembersView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h3 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 6px;
      }
      .summary {
        margin: 8px 0 0;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: Members | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { consensus, byDispute, metric } = result;
    const name = metricInSentence(metric);
    const agreed =
      consensus &&
      `All members say the same class of ${percentWords(consensus.share, 0)} of the rows (${percentIntervalWords(consensus.interval)}). `;
    return html`<vitrine-figure
      heading="What the members say"
      question="Each member of the ensemble by itself, on ${numberWords(result.rows)} rows of the ${result.part} part; where they disagree, look twice."
      .words=${membersWords(result)}
    >
      <vitrine-table .content=${scoresTable(result)}></vitrine-table>
      <p class="summary">${agreed}On the half of the rows that they dispute the least the ensemble has a ${name} of ${numberWords(byDispute.least)}, on the other half ${numberWords(byDispute.most)}.</p>
      <h3>How often two agree</h3>
      <vitrine-table .content=${agreementTable(result)}></vitrine-table>
      ${
        result.disputed.length > 0
          ? html`<h3>The rows they dispute the most</h3>
              <vitrine-table .content=${disputedTable(result)}></vitrine-table>`
          : nothing
      }
      ${quality(result)}
    </vitrine-figure>`;
  }
}

export function scoresTable({ members, metric, loss }: Members): TableContent {
  return {
    caption: 'Members of the ensemble',
    columns: [
      { title: 'Member' },
      { title: 'Weight', numeric: true },
      { title: metricInSentence(metric), numeric: true },
    ],
    rows: [
      ['together', '100 %', numberWords(loss)],
      ...members.map((member) => [memberName(member), percentWords(member.share, 0), numberWords(member.loss)]),
    ],
  };
}

const short = ({ learner, trial }: MemberScore) => `${learner} ${trial}`;

export function agreementTable({ members, agreement, consensus }: Members): TableContent {
  const isOfClasses = consensus !== undefined;
  return {
    caption: isOfClasses
      ? 'Share of rows of which two members say the same class'
      : 'Correlation of two members’ values',
    columns: [{ title: 'Member' }, ...members.map((member) => ({ title: short(member), numeric: true }))],
    rows: members.map((member, i): TableCell[] => [
      short(member),
      ...agreement[i].map((value, j): TableCell => {
        if (i === j) return { text: '', mark: 'quiet' };
        return isOfClasses ? percentWords(value, 0) : numberWords(value, 2);
      }),
    ]),
  };
}

export function disputedTable({ members, disputed }: Members): TableContent {
  const names = Object.keys(disputed[0]?.row ?? {});
  return {
    caption: 'Rows that the members dispute the most',
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Truth' },
      { title: 'Together' },
      ...members.map((member) => ({ title: short(member) })),
      ...names.map((name) => ({ title: name, numeric: typeof disputed[0].row[name] === 'number' })),
    ],
    rows: disputed.map(({ rowIndex, row, truth, prediction, votes }): TableCell[] => [
      String(rowIndex),
      cellWords(truth),
      String(prediction) === String(truth) || typeof truth === 'number'
        ? cellWords(prediction)
        : { text: `${prediction} ✗`, title: `wrong: the truth is ${truth}` },
      ...votes.map(({ says, probability }): TableCell => {
        const text = probability === undefined ? cellWords(says) : `${says} ${percentWords(probability, 0)}`;
        return String(says) === String(prediction) ? { text, mark: 'quiet' } : { text, mark: 'differs' };
      }),
      ...names.map((name) => cellWords(row[name])),
    ]),
  };
}
define('vitrine-members', MembersView);
