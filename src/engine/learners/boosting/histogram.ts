import { type BinnedColumn, binCount } from '../../data/encoders/bin-encoder.ts';
import { mostUnrolled, type Programs } from './programs/programs.ts';
import type { TrainingMemory } from './training-memory.ts';

/** Gradient sum, hessian sum and row count of every bin, interleaved, once unpacked. */
export const perBin = 3;
/** The same as two whole numbers of 64 bits: the gradients; the hessians above the rows. */
export const packedBytes = 16;

/** What the whole numbers of a sum stand for. */
export interface SumUnits {
  readonly gradient: number;
  readonly hessian: number;
  /** Bits below the hessians, which count rows, and those bits. */
  readonly shift: number;
  readonly mask: number;
}

/** Where each column's bins begin among the sums, in bytes; one entry more than columns, the last is the whole length. */
export function histogramOffsets(columns: readonly BinnedColumn[]): Uint32Array {
  const offsets = new Uint32Array(columns.length + 1);
  columns.forEach((column, i) => {
    offsets[i + 1] = offsets[i] + packedBytes * binCount(column);
  });
  return offsets;
}

/**
 * Sums of gradients and hessians by bin (Ke et al. 2017, algorithm 1), as whole numbers in units of a power of two that leaves
 * no overflow (quantised as in Shi et al. 2022, but with 40 bits and more): sums are exact, in whatever order, so that a sibling
 * is its parent minus the other child to the last bit, and rows are counted for nothing.
 */
export class Histograms {
  readonly #memory: TrainingMemory;
  readonly #programs: Programs;
  readonly #offsets: Uint32Array;
  readonly #rows: number;
  readonly #columns: number;
  #features: Int32Array = new Int32Array();
  #units: SumUnits;

  constructor(memory: TrainingMemory, programs: Programs, offsets: Uint32Array, rows: number) {
    this.#memory = memory;
    this.#programs = programs;
    this.#offsets = offsets;
    this.#rows = rows;
    this.#columns = offsets.length - 1;
    const shift = Math.ceil(Math.log2(rows + 1));
    this.#units = { gradient: 1, hessian: 1, shift, mask: 2 ** shift - 1 };
  }

  /** Of the gradients and hessians that were taken over last. */
  get units(): SumUnits {
    return this.#units;
  }

  /** Takes over the gradients and hessians of one output, [rows] each, and the columns that are summed, ascending, at least one. */
  begin(output: number, features: Int32Array): void {
    const { gradient, hessian, values, table } = this.#memory;
    const rows = this.#rows;
    const from = output * rows;
    const { shift } = this.#units;
    const units = {
      gradient: unitFor(gradient.view.subarray(from, from + rows), 62),
      hessian: unitFor(hessian.view.subarray(from, from + rows), 62 - shift),
    };
    this.#units = { ...this.#units, ...units };
    const at = 4 * from;
    this.#programs.quantise(
      gradient.at + at,
      hessian.at + at,
      gradient.at + at + 4 * rows,
      values,
      1 / units.gradient,
      1 / units.hessian,
      shift,
    );
    this.#features = features;
    features.forEach((feature, i) => {
      table.view[2 * i] = feature;
      table.view[2 * i + 1] = this.#offsets[feature];
    });
  }

  /** Sums the rows order[begin..end), at least one, into the place `sums`. */
  fill(begin: number, end: number, sums: number): void {
    const { bins, columns, order, values, table } = this.#memory;
    this.#memory.clear(sums, this.#offsets[this.#columns]);
    const [first, last] = [order.at + 4 * begin, order.at + 4 * end];
    const tableEnd = table.at + 8 * this.#features.length;
    if (this.#features.length > mostUnrolled) {
      this.#programs.fillWide(first, last, columns.at, this.#rows, values, sums, table.at, tableEnd);
      return;
    }
    // Straight code over all columns is as fast as look-ups for two thirds of them.
    const all = 3 * this.#features.length >= 2 * this.#columns ? this.#programs.fillAll : undefined;
    const fill = all ?? this.#programs.fillListed;
    fill(first, last, bins.at, this.#columns, values, sums, table.at, tableEnd);
  }

  /** Turns a parent's sums into those of the other child. */
  subtract(parent: number, child: number): void {
    this.#programs.subtract(parent, parent + this.#offsets[this.#columns], child);
  }

  /** Gradient, hessian and rows of each bin of a column, in a buffer that the next call writes again. */
  unpack(sums: number, feature: number): Float64Array {
    return this.unpackPairs(sums + this.#offsets[feature], sums + this.#offsets[feature + 1]);
  }

  /** The same for the pairs between two places. */
  unpackPairs(begin: number, end: number): Float64Array {
    const { unpacked } = this.#memory;
    const { gradient, hessian, shift, mask } = this.#units;
    this.#programs.unpack(begin, end, unpacked.at, gradient, hessian, shift, mask);
    return unpacked.view;
  }
}

/** The least power of two in whose units the sum of all values' sizes stays below 2^bits. */
function unitFor(values: Float32Array, bits: number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (!(largest > 0)) return 1;
  return 2 ** Math.ceil(Math.log2(largest) + Math.log2(values.length) - bits);
}
