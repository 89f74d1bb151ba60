import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import type { Random } from '../../random.ts';
import { type Histograms, packedBytes } from './histogram.ts';
import type { NodeSums } from './leaf-value.ts';
import type { Programs } from './programs/programs.ts';
import { found, scannedBytes } from './programs/scan.ts';
import { isPlain, minGain, type Split, type SplitOptions } from './split.ts';
import type { TrainingMemory } from './training-memory.ts';

/** `bestSplit` over the numeric columns of a tree at once, in compiled code, where nothing but L2 goes into the gain. */
export class ThresholdScan {
  readonly #memory: TrainingMemory;
  readonly #programs: Programs;
  readonly #histograms: Histograms;
  readonly #columns: readonly BinnedColumn[];
  readonly #offsets: Uint32Array;
  readonly #options: SplitOptions;
  #count = 0;

  constructor(
    memory: TrainingMemory,
    programs: Programs,
    histograms: Histograms,
    columns: readonly BinnedColumn[],
    offsets: Uint32Array,
    options: SplitOptions,
  ) {
    this.#memory = memory;
    this.#programs = programs;
    this.#histograms = histograms;
    this.#columns = columns;
    this.#offsets = offsets;
    this.#options = options;
  }

  /** Takes over the columns of a tree and returns those that are not scanned here. */
  begin(features: Int32Array): Int32Array {
    this.#count = 0;
    if (!isPlain(this.#options)) return features;
    const { view } = this.#memory.scanned;
    for (const feature of features) {
      const column = this.#columns[feature];
      if (column.kind !== 'numeric') continue;
      view.set([feature, this.#offsets[feature], binCount(column)], (this.#count++ * scannedBytes) / 4);
    }
    return features.filter((feature) => this.#columns[feature].kind !== 'numeric');
  }

  /** sums: place of the node's. */
  best(sums: number, node: NodeSums, random: Random): Split | undefined {
    if (this.#count === 0) return undefined;
    const { minLeafRows, minLeafHessian, l2, randomCuts } = this.#options;
    const { scanned, found: out } = this.#memory;
    const { gradient, hessian, shift, mask } = this.#histograms.units;
    if (randomCuts)
      for (let i = 0; i < this.#count; i++) scanned.doubles[(i * scannedBytes) / 8 + 2] = random.uniform();
    const unit = (gradient * gradient) / hessian;
    const parent = (node.g * node.g) / (node.h + l2);
    const toBeat = (parent + minGain) / unit;
    out.doubles[found.gain / 8] = toBeat;
    this.#programs.scan(
      sums,
      scanned.at,
      scanned.at + scannedBytes * this.#count,
      out.at,
      node.rows,
      minLeafRows,
      shift,
      mask,
      randomCuts ? 1 : 0,
      node.g / gradient,
      node.h / hessian,
      l2 / hessian,
      minLeafHessian / hessian,
    );
    const gain = out.doubles[found.gain / 8];
    return gain > toBeat ? this.#split(gain * unit - parent, sums, node) : undefined;
  }

  #split(gain: number, sums: number, node: NodeSums): Split {
    const { found: out } = this.#memory;
    const feature = out.view[found.column / 4];
    const threshold = (out.view[found.last / 4] - sums - this.#offsets[feature]) / packedBytes;
    const isMissing =
      this.#histograms.unpackPairs(sums + this.#offsets[feature], sums + this.#offsets[feature] + packedBytes)[2] > 0;
    const [g, h, rows] = this.#histograms.unpackPairs(out.at + found.sums, out.at + found.sums + packedBytes);
    // Where none was missing, one that is missing later goes with the majority.
    const missingLeft = isMissing ? out.view[found.missingLeft / 4] === 1 : rows * 2 > node.rows;
    return { feature, threshold, missingLeft, gain, leftSums: { g, h, rows } };
  }
}
