import type { ColumnBins } from './column-bins.ts';
import type { SampleRows } from './sample-rows.ts';

/**
 * Sums of a node's rows over those bins of a column that have any, ascending: the weight, and a sum for every class or that
 * of the values. Buffers are reused from call to call.
 */
export class BinSums {
  readonly #data: ColumnBins;
  readonly #rows: SampleRows;
  /** Sums and weight of every bin, all 0 between calls. */
  readonly #all: Float64Array;
  readonly #occupied = new Int32Array(8);
  /** Sums a bin, its weight not counted. */
  readonly width: number;
  /** Bins that have rows, ascending; the first `count` are meant. */
  readonly bins = new Uint8Array(256);
  /** [count] */
  readonly weights = new Float64Array(256);
  /** [count x width] */
  readonly sums: Float64Array;
  count = 0;

  constructor(data: ColumnBins, rows: SampleRows, width: number) {
    this.#data = data;
    this.#rows = rows;
    this.width = width;
    this.#all = new Float64Array(256 * (width + 1));
    this.sums = new Float64Array(256 * width);
  }

  /** Sums the node begin..end by the bins of one column. Bins are marked in a set of bits, so that few rows need no sorting. */
  fill(feature: number, begin: number, end: number): void {
    if (this.#rows.moment.length > 0) this.#fillMoments(feature, begin, end);
    else this.#fillClasses(feature, begin, end);
  }

  #fillMoments(feature: number, begin: number, end: number): void {
    const { bins } = this.#data;
    const { row, weight, moment } = this.#rows;
    const all = this.#all;
    const occupied = this.#occupied;
    const base = feature * this.#data.rows;
    for (let i = begin; i < end; i++) {
      const bin = bins[base + row[i]];
      occupied[bin >>> 5] |= 1 << (bin & 31);
      all[2 * bin] += weight[i];
      all[2 * bin + 1] += moment[i];
    }
    let count = 0;
    for (let word = 0; word < 8; word++) {
      let bits = occupied[word];
      occupied[word] = 0;
      while (bits !== 0) {
        const bin = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.bins[count] = bin;
        this.weights[count] = all[2 * bin];
        this.sums[count++] = all[2 * bin + 1];
        all[2 * bin] = 0;
        all[2 * bin + 1] = 0;
      }
    }
    this.count = count;
  }

  #fillClasses(feature: number, begin: number, end: number): void {
    const { bins } = this.#data;
    const { row, weight, code } = this.#rows;
    const { width, sums, weights } = this;
    const all = this.#all;
    const occupied = this.#occupied;
    const base = feature * this.#data.rows;
    for (let i = begin; i < end; i++) {
      const bin = bins[base + row[i]];
      occupied[bin >>> 5] |= 1 << (bin & 31);
      all[width * bin + code[i]] += weight[i];
    }
    let count = 0;
    for (let word = 0; word < 8; word++) {
      let bits = occupied[word];
      occupied[word] = 0;
      while (bits !== 0) {
        const bin = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.bins[count] = bin;
        let total = 0;
        for (let k = 0; k < width; k++) {
          const sum = all[width * bin + k];
          sums[count * width + k] = sum;
          total += sum;
          all[width * bin + k] = 0;
        }
        weights[count++] = total;
      }
    }
    this.count = count;
  }
}
