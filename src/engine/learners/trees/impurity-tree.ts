import type { BinnedColumn } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import type { ColumnBins } from './column-bins.ts';
import { SplitSearch } from './impurity-split.ts';
import type { NodeValues } from './node-values.ts';
import { SampleRows } from './sample-rows.ts';
import type { TreeNodesBuilder } from './tree-nodes.ts';
import { sumsOf, type TreeTarget } from './tree-target.ts';

export interface ImpurityOptions {
  readonly maxDepth: number;
  readonly minLeafRows: number;
  /** Columns drawn afresh in each node; where all of them are constant there, more are. */
  readonly columnsPerNode: number;
  readonly randomCuts: boolean;
}

type Measured = ReturnType<SampleRows['sum']>;

interface Open {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
  readonly weight: number;
  /** Columns that are known to be constant here: the first of the order. */
  readonly constant: number;
}

/** Elementary steps between two looks at the clock's messages. */
const stretch = 5e5;

/** Grows classification and regression trees (Breiman et al. 1984) over binned rows, depth first; buffers serve one tree after the other. */
export class ImpurityTreeGrower {
  readonly #target: TreeTarget;
  readonly #options: ImpurityOptions;
  readonly #rows: SampleRows;
  readonly #search: SplitSearch;
  readonly #sums: Float64Array;
  /** All columns: first those known to be constant in the node at hand, the others in a random order as far as it is drawn. */
  readonly #features: Uint32Array;
  /** Columns that the last node's search looked at. */
  #looked = 0;

  constructor(data: ColumnBins, columns: readonly BinnedColumn[], target: TreeTarget, options: ImpurityOptions) {
    this.#target = target;
    this.#options = options;
    this.#rows = new SampleRows(data, target);
    this.#search = new SplitSearch(
      data,
      columns,
      this.#rows,
      target,
      Math.max(1e-9, options.minLeafRows),
      options.randomCuts,
    );
    this.#sums = new Float64Array(sumsOf(target));
    this.#features = Uint32Array.from(columns, (_, i) => i);
  }

  /** Adds a tree over the rows of positive weight. weights: [rows]; a leaf's rows are counted by them. */
  async grow(
    nodes: TreeNodesBuilder,
    values: NodeValues,
    weights: ArrayLike<number>,
    random: Random,
    pace: Pace,
  ): Promise<void> {
    const rows = this.#rows;
    rows.take(weights);
    const open: Open[] = [];
    const root = this.#measure(values, 0, rows.length);
    this.#open(open, nodes.addLeaf(rowsOf(root)), 0, rows.length, 0, 0, root);
    let work = rows.length;
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, begin, end, depth, weight } = next;
      rows.sum(begin, end, this.#sums);
      this.#search.start(begin, end, weight, this.#sums);
      const constant = this.#look(next.constant, random);
      work += (end - begin) * (this.#looked + 2) + 20;
      if (work > stretch) {
        await pace.after(work);
        work = 0;
      }
      const { gain } = this.#search;
      if (!(gain > 0)) continue;
      values.gains[node] = gain;
      const rule = this.#search.rule();
      const middle = rows.part(begin, end, rule);
      const [first, second] = [this.#measure(values, begin, middle), this.#measure(values, middle, end)];
      const [left, right] = nodes.split(node, rule, rowsOf(first), rowsOf(second));
      this.#open(open, left, begin, middle, depth + 1, constant, first);
      this.#open(open, right, middle, end, depth + 1, constant, second);
    }
    await pace.after(work);
  }

  /** Appends what is known of a node that is not split yet. */
  #measure(values: NodeValues, begin: number, end: number): Measured {
    const sums = this.#sums;
    const at = values.add();
    const { means } = values;
    const measured = this.#rows.sum(begin, end, sums);
    const { weight } = measured;
    if (this.#target.codes) for (let k = 0; k < sums.length; k++) means[at + k] = sums[k] / weight;
    else if (this.#target.outputs === 2) {
      means[at] = 1 - sums[0] / weight;
      means[at + 1] = sums[0] / weight;
    } else means[at] = sums[0] / weight;
    return measured;
  }

  #open(
    open: Open[],
    node: number,
    begin: number,
    end: number,
    depth: number,
    constant: number,
    { weight, pure }: Measured,
  ): void {
    if (pure || depth >= this.#options.maxDepth || weight < 2 * this.#options.minLeafRows * (1 - 1e-9)) return;
    open.push({ node, begin, end, depth, weight, constant });
  }

  /**
   * Looks at columns drawn without replacement (Fisher and Yates). Constant ones count among those drawn, as far as one that
   * is not has been found; what is constant in a node is in all below, and is not looked at again there.
   * Returns how many are known to be constant now.
   */
  #look(known: number, random: Random): number {
    const features = this.#features;
    const { columnsPerNode } = this.#options;
    const count = features.length;
    const inOrder = columnsPerNode >= count;
    let constant = known;
    let at = known;
    // Of so many drawn ones, this many are among the constant ones known, on average.
    let wanted = columnsPerNode * (1 - known / count);
    for (; at < count && (wanted > 0 || at === constant); wanted--, at++) {
      if (wanted < 1 && wanted > 0 && at > constant && random.uniform() >= wanted) break;
      const j = inOrder ? at : at + random.integer(count - at);
      const feature = features[j];
      features[j] = features[at];
      features[at] = feature;
      if (this.#search.look(feature, random)) continue;
      features[at] = features[constant];
      features[constant++] = feature;
    }
    this.#looked = at - known;
    return constant;
  }
}

const rowsOf = ({ weight }: Measured) => Math.max(1, Math.round(weight));
