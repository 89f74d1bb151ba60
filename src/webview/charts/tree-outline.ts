import { css, html, nothing, type TemplateResult } from 'lit';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import { pathOfRow, predictionWords, type ToldNode, type TreeShape } from '../../shared/results/model-reading.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { cohortLink } from '../cohort/cohort-link.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { icon } from '../components/icon.ts';

/** Of a larger tree only the first questions are open at first. */
const [wholeNodes, openDepth] = [31, 3];

/** A decision tree as an outline whose lines are its branches, so that it fits any width; the way of a row is marked. */
export class TreeOutline extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      ul ul {
        margin-left: 7px;
      }
      li {
        position: relative;
        padding-left: 15px;
      }
      /* The branch: down from the parent, then across. */
      ul ul > li::before {
        content: '';
        position: absolute;
        left: 0;
        top: 0;
        height: 14px;
        width: 11px;
        border: solid var(--vscode-charts-lines);
        border-width: 0 0 1px 1px;
      }
      ul ul > li:not(:last-child)::after {
        content: '';
        position: absolute;
        left: 0;
        top: 14px;
        bottom: 0;
        border-left: 1px solid var(--vscode-charts-lines);
      }
      ul ul > li.way::before {
        border-color: var(--vscode-charts-blue);
        border-width: 0 0 3px 3px;
      }
      ul ul > li.passed::before {
        border-left: 3px solid var(--vscode-charts-blue);
      }
      ul ul > li.passed::after {
        border-left: 3px solid var(--vscode-charts-blue);
      }
      .root {
        padding-left: 0;
      }
      .node {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: 8px;
        min-height: 28px;
        padding: 4px 6px 2px;
        border-radius: 4px;
      }
      .node:hover {
        background: var(--vscode-list-hoverBackground);
      }
      .way > .node {
        background: color-mix(in srgb, var(--vscode-charts-blue) 14%, transparent);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .answer {
        font-size: var(--small);
        color: var(--quiet);
        min-width: 1.8em;
      }
      .words {
        flex: 1 1 9em;
        min-width: 0;
      }
      .fold {
        appearance: none;
        display: inline-flex;
        gap: 2px;
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-align: left;
        cursor: pointer;
      }
      .fold .icon {
        margin-left: -4px;
        margin-top: 2px;
      }
      .fold[aria-expanded='true'] .icon {
        transform: rotate(90deg);
      }
      .leaf {
        font-weight: 600;
      }
      .figures {
        display: flex;
        align-items: center;
        gap: 8px;
        flex: none;
        margin-left: auto;
      }
      .bar {
        width: 56px;
        height: 8px;
        overflow: visible;
      }
      .bar .track {
        fill: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
        stroke: var(--vscode-contrastBorder, transparent);
      }
      .bar .share {
        fill: var(--vscode-charts-blue);
      }
      .rows {
        min-width: 5.5em;
        text-align: right;
      }
    `,
  ];
  static override properties = {
    shape: { attribute: false },
    classes: { attribute: false },
    row: { attribute: false },
    rowsOf: { attribute: false },
    turned: { state: true },
  };
  declare shape: TreeShape | null;
  declare classes: readonly string[] | undefined;
  /** Position in the part, of the row whose way is marked. */
  declare row: number | null;
  /** What holds of the rows of a node, where that can be said; absent: it is not asked. */
  declare rowsOf: ((node: number) => readonly CohortCondition[] | undefined) | null;
  /** Nodes that somebody opened or closed. */
  declare turned: ReadonlyMap<number, boolean>;

  constructor() {
    super();
    this.shape = null;
    this.classes = undefined;
    this.row = null;
    this.rowsOf = null;
    this.turned = new Map();
  }

  protected override render() {
    const { shape } = this;
    if (!shape) return nothing;
    const path = new Set(this.row === null ? [] : pathOfRow(shape, this.row));
    return html`<ul aria-label="The tree">
      ${this.#node(shape, { node: 0, depth: 0, path })}
    </ul>`;
  }

  #node(shape: TreeShape, at: Place): TemplateResult {
    const { node, depth, path, answer, passed } = at;
    const own = shape.nodes[node];
    const onWay = path.has(node);
    const isEnd = onWay && !(own.split && (path.has(own.split.yes) || path.has(own.split.no)));
    const isOpen = this.turned.get(node) ?? (shape.nodes.length <= wholeNodes || depth < openDepth || onWay);
    const marks = `${depth === 0 ? 'root' : ''} ${onWay ? 'way' : ''} ${passed ? 'passed' : ''}`;
    return html`<li class=${marks}>
      <div class="node" aria-current=${isEnd ? 'true' : nothing}>
        ${answer ? html`<span class="answer">${answer}</span>` : nothing}
        <span class="words">${own.split ? this.#question(own.split.words, node, isOpen) : html`<span class="leaf">${cohortLink(this.#said(own), this.rowsOf?.(node))}</span>${foldedWords(own)}`}</span>
        ${isEnd ? html`<span class="small">${icon('check')} row ${this.row}</span>` : nothing}
        <span class="figures small quiet">
          ${own.split ? html`<span>${this.#said(own)}</span>` : nothing} ${this.#bar(shape, own)}
          <span class="rows numbers">${countWords(own.rows, 'row')}</span>
        </span>
      </div>
      ${
        own.split && isOpen
          ? html`<ul>
              ${this.#node(shape, { node: own.split.yes, depth: depth + 1, path, answer: 'yes', passed: path.has(own.split.no) })}
              ${this.#node(shape, { node: own.split.no, depth: depth + 1, path, answer: 'no' })}
            </ul>`
          : nothing
      }
    </li>`;
  }

  #question(words: string, node: number, isOpen: boolean) {
    const turn = () => {
      this.turned = new Map(this.turned).set(node, !isOpen);
    };
    return html`<button type="button" class="fold" aria-expanded=${String(isOpen)} @click=${turn}>
      ${icon('chevronRight')}<span>${words}?</span>
    </button>`;
  }

  #said({ prediction }: ToldNode): string {
    return predictionWords(prediction, this.classes);
  }

  /** The likeliest class's share, or where the value lies between the tree's least and greatest. */
  #bar({ nodes }: TreeShape, { prediction }: ToldNode) {
    const values = nodes.map((node) => node.prediction[0]);
    const [low, high] = this.classes ? [0, 1] : [Math.min(...values), Math.max(...values)];
    const value = this.classes ? Math.max(...prediction) : prediction[0];
    const share = high > low ? (value - low) / (high - low) : 0;
    return html`<svg class="bar" aria-hidden="true">
      <rect class="track" width="100%" height="8" rx="2"></rect>
      <rect class="share" width="${100 * share}%" height="8" rx="2"></rect>
    </svg>`;
  }
}

interface Place {
  readonly node: number;
  readonly depth: number;
  readonly path: ReadonlySet<number>;
  readonly answer?: 'yes' | 'no';
  /** The way goes past it, to its sister below. */
  readonly passed?: boolean;
}

const foldedWords = ({ folded }: ToldNode) =>
  folded ? html`<span class="small quiet"> ${countWords(folded, 'leaf', 'leaves')} folded in</span>` : nothing;
define('vitrine-tree-outline', TreeOutline);
