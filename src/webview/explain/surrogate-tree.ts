import { css, html, nothing } from 'lit';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { ofTest, otherwise } from '../../shared/cohort/cohort-of.ts';
import type { TreeShape } from '../../shared/results/model-reading.ts';
import { countWords, intervalWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import {
  fidelityWords,
  isFaithful,
  type Subtree,
  type SurrogateTree,
  subtreeShape,
  surrogateBasisWords,
  surrogateTreeWords,
} from '../../shared/results/surrogate-tree.ts';
import '../charts/tree-outline.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/empty-state.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { quality } from './quality.ts';

/** One tree in place of the model, as large as somebody wants to read, with how closely it follows the model. */
export class SurrogateTreeView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .slider {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
        margin: 4px 0;
      }
      input {
        flex: 1;
        min-width: 120px;
        accent-color: var(--vscode-charts-blue);
      }
      .fidelity {
        margin-bottom: 8px;
        max-width: 75ch;
      }
      details {
        margin-top: 4px;
      }
      summary {
        cursor: pointer;
        color: var(--vscode-textLink-foreground);
      }
      .poor {
        opacity: 0.75;
      }
      .basis {
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, row: { attribute: false }, place: { state: true } };
  declare result: SurrogateTree | null;
  /** Position in the part, of the row that is being explained. */
  declare row: number | null;
  /** Place of the subtree that somebody asked for. */
  declare place: number | null;

  constructor() {
    super();
    this.result = null;
    this.row = null;
    this.place = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const subtree = result.subtrees[Math.min(this.place ?? result.chosen, result.subtrees.length - 1)];
    return html`<vitrine-figure
      heading="A tree in place of the model"
      question="How would one tree decide that was grown on what the model predicts?"
      .words=${surrogateTreeWords(result)}
      .table=${pathTable(result)}
    >
      ${result.partial ? html`<p class="small">${result.partial}</p>` : nothing} ${this.#slider(result, subtree)}
      ${isFaithful(result, subtree) ? this.#tree(result, subtree) : this.#refusal(result, subtree)}
      <p class="small quiet basis">${surrogateBasisWords(result)}</p>
      ${quality(result)}
    </vitrine-figure>`;
  }

  #slider({ subtrees }: SurrogateTree, subtree: Subtree) {
    const leaves = countWords(subtree.leaves, 'leaf', 'leaves');
    const words = `${leaves}: ${fidelityWords(subtree)}`;
    const choose = (event: Event) => {
      this.place = (event.target as HTMLInputElement).valueAsNumber;
    };
    if (subtrees.length < 2) return html`<p class="fidelity numbers">${words}</p>`;
    return html`<div class="slider">
        <span class="quiet">Leaves</span>
        <input
          type="range"
          min="0"
          max=${subtrees.length - 1}
          .value=${String(subtrees.indexOf(subtree))}
          aria-label="How large the tree may be"
          aria-valuetext=${words}
          @input=${choose}
        />
      </div>
      <p class="fidelity numbers" aria-live="polite">${words}</p>`;
  }

  #tree(result: SurrogateTree, subtree: Subtree) {
    const shape = subtreeShape(result, subtree);
    return html`<vitrine-tree-outline
      .shape=${shape}
      .rowsOf=${(node: number) => nodeConditions(shape, node)}
      .classes=${result.classes}
      .row=${this.row}
    ></vitrine-tree-outline>`;
  }

  #refusal(result: SurrogateTree, subtree: Subtree) {
    if (subtree.r2 === null)
      return html`<vitrine-empty-state
        picture="info"
        heading="Nothing to imitate"
        words="The model predicts the same for every row."
      ></vitrine-empty-state>`;
    return html`<vitrine-empty-state
        picture="warning"
        tone="warning"
        heading="This tree is not the model"
        words=${refusalWords(result, subtree)}
      ></vitrine-empty-state>
      <details>
        <summary>Show the tree all the same</summary>
        <div class="poor">${this.#tree(result, subtree)}</div>
      </details>`;
  }
}

/** What holds of the rows of a node, one condition for each question on the way to it; undefined where one cannot be said of raw columns. */
function nodeConditions({ nodes }: TreeShape, node: number): readonly CohortCondition[] | undefined {
  const above = nodes.findIndex(({ split }) => split && (split.yes === node || split.no === node));
  if (above < 0) return [];
  const before = nodeConditions({ nodes } as TreeShape, above);
  const { test, yes } = nodes[above].split!;
  const asked = test && ofTest(test);
  const own = asked && (yes === node ? asked : otherwise(asked));
  return before && own && [...before, own];
}

function refusalWords(result: SurrogateTree, { r2, leaves }: Subtree): string {
  const faithful = result.subtrees.find((subtree) => isFaithful(result, subtree));
  const instead = faithful
    ? `From ${countWords(faithful.leaves, 'leaf', 'leaves')} on one can be.`
    : 'No tree of the path does: the model is no simple one, and what each column adds says more of it.';
  return `With ${countWords(leaves, 'leaf', 'leaves')} its R² is ${numberWords(r2, 2)}, and at least ${numberWords(result.trustedR2, 2)} is asked for if it is to be read in place of the model. ${instead}`;
}

function pathTable({ subtrees, chosen }: SurrogateTree): TableContent {
  const hasClasses = subtrees[0].agreement !== undefined;
  return {
    caption: 'Trees in place of the model, by size',
    columns: [
      { title: 'Leaves', numeric: true },
      { title: 'Questions', numeric: true, hint: 'That a row answers at most' },
      { title: 'R²', numeric: true, hint: "Share of the variation of the model's predictions on held-out rows" },
      { title: '95 % interval' },
      ...(hasClasses ? [{ title: 'Same class', numeric: true }] : []),
      { title: '' },
    ],
    rows: subtrees.map(({ leaves, depth, r2, interval, agreement }, place) => [
      numberWords(leaves),
      numberWords(depth),
      numberWords(r2),
      interval === null ? '' : intervalWords(interval),
      ...(hasClasses ? [percentWords(agreement)] : []),
      place === chosen ? 'shown first' : '',
    ]),
  };
}
define('vitrine-surrogate-tree', SurrogateTreeView);
