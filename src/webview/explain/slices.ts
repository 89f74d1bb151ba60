import { css, html, nothing, type TemplateResult } from 'lit';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { ofSlice } from '../../shared/cohort/cohort-of.ts';
import { countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import {
  chanceWords,
  conditionWords,
  type ErrorNode,
  type SliceCondition,
  type Slices,
  sliceName,
  slicesMetricWords,
  slicesWords,
  type WeakSlice,
} from '../../shared/results/slices.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { cohortLink } from '../cohort/cohort-link.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { quality } from './quality.ts';

/** Positions that a table's cell names. */
const toldPositions = 12;

/** Where the model fails: the weak slices as bars with intervals, and the tree on the losses beneath. */
export class SlicesView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        margin: 14px 0 2px;
        font-size: inherit;
        font-weight: 600;
      }
      .tree ul {
        margin-left: 14px;
        padding-left: 8px;
        border-left: 1px solid var(--vscode-charts-lines);
      }
      .tree .node {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        padding: 2px 0;
      }
      .weak {
        font-weight: 600;
        color: var(--bad);
      }
      .none {
        margin: 8px 0;
      }
    `,
  ];
  static override properties = { result: { attribute: false } };
  declare result: Slices | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const metric = slicesMetricWords(result);
    return html`<vitrine-figure
      heading="Where the model fails"
      question="When does it fail? Segments whose ${metric} is clearly larger; found on one half of the ${countWords(result.rows, 'row')} of the ${result.part} part, measured on the other; lines are 95 % intervals."
      lead=${result.partial ?? ''}
      .words=${slicesWords(result)}
      .table=${slicesTable(result, metric)}
    >
      ${
        result.slices.length === 0
          ? html`<p class="none">No weak segment was found.</p>`
          : html`<vitrine-interval-bars label="${metric} by segment" .bars=${bars(result)}></vitrine-interval-bars>`
      }
      ${result.tree.length > 1 ? errorTree(result, metric) : nothing} ${quality(result)}
    </vitrine-figure>`;
  }
}

const bars = ({ slices, loss, rows }: Slices): Bar[] => [
  ...slices.map((slice) => ({
    label: sliceName(slice.conditions),
    conditions: ofSlice(slice.conditions),
    value: slice.loss,
    interval: slice.interval,
    words: numberWords(slice.loss),
    note: noteWords(slice),
  })),
  { label: 'all rows', value: loss, words: numberWords(loss), look: 'hollow', note: countWords(rows, 'row') },
];

function noteWords({ rows, share, errors, restLoss, p }: WeakSlice): string {
  const wrong = errors
    ? `${percentWords(errors.inside, 0)} of labels wrong, elsewhere ${percentWords(errors.outside, 0)}`
    : `elsewhere ${numberWords(restLoss)}`;
  return `${countWords(rows, 'row')} (${percentWords(share, 0)}); ${wrong}; ${chanceWords(p)}`;
}

function errorTree({ tree }: Slices, metric: string): TemplateResult {
  const childrenOf = Map.groupBy(tree.keys(), (node) => tree[node].parent);
  const branch = (node: number): TemplateResult => {
    const children = childrenOf.get(node) ?? [];
    return html`<li>
      ${line(tree[node], ofSlice(pathTo(tree, node)))}
      ${children.length > 0 ? html`<ul>${children.map(branch)}</ul>` : nothing}
    </li>`;
  };
  return html`<h4>Tree on the losses</h4>
    <p class="small quiet">Grown on one half; ${metric} and rows are those of the other half, so a branch that is mere chance evens out.</p>
    <ul class="tree">${branch(0)}</ul>`;
}

/** What holds of the rows of a node: the conditions from the root to it. */
function pathTo(tree: Slices['tree'], node: number): SliceCondition[] {
  const { parent, condition } = tree[node];
  return [...(parent === null ? [] : pathTo(tree, parent)), ...(condition ? [condition] : [])];
}

const line = ({ condition, rows, loss, weak }: ErrorNode, path: readonly CohortCondition[]) => html`<div class="node">
  <span>${condition ? cohortLink(conditionWords(condition), path) : 'all rows'}</span>
  <span class="quiet numbers">${numberWords(loss)}, ${countWords(rows, 'row')}</span>
  ${weak ? html`<span class="weak">weak</span>` : nothing}
</div>`;

const slicesTable = ({ slices }: Slices, metric: string): TableContent => ({
  caption: 'Weak segments',
  columns: [
    { title: 'Segment' },
    { title: 'Rows', numeric: true },
    { title: 'Share', numeric: true },
    { title: metric, numeric: true },
    { title: 'Low', numeric: true, hint: 'Lower end of the 95 % interval' },
    { title: 'High', numeric: true, hint: 'Upper end of the 95 % interval' },
    { title: 'Elsewhere', numeric: true, hint: `${metric} of all other rows` },
    { title: 'Effect', numeric: true, hint: 'Difference of the mean losses in standard deviations' },
    { title: 'Chance', numeric: true, hint: 'Of such a difference were there none, corrected for all that was tested' },
    { title: 'Found by' },
    { title: 'First rows', hint: 'Positions in the part' },
  ],
  rows: slices.map((slice) => [
    sliceName(slice.conditions),
    numberWords(slice.rows),
    percentWords(slice.share),
    numberWords(slice.loss),
    numberWords(slice.interval.low),
    numberWords(slice.interval.high),
    numberWords(slice.restLoss),
    numberWords(slice.effect),
    numberWords(slice.p),
    slice.from,
    slice.positions.slice(0, toldPositions).join(', '),
  ]),
});
define('vitrine-slices', SlicesView);
