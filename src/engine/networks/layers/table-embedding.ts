import {
  add,
  cast,
  concat,
  cos,
  gather,
  matMul,
  mul,
  reshape,
  sin,
  slice,
  sum,
  type Tensor,
  type Tensor1D,
  tensor1d,
  transpose,
  unsortedSegmentSum,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { type LayerPlan, normal, planOf, type RowShape, type TensorPlan, unitsOf } from './plan.ts';

/** Rows of a table: first numbers to embed, then numbers as they are, then codes of levels 0 .. levels - 1 as floats. */
export interface TableEmbeddingSpec {
  readonly kind: 'table-embedding';
  readonly numbers: number;
  readonly plain: number;
  /** Levels of each coded column. */
  readonly levels: readonly number[];
  /** Units of a level. */
  readonly levelUnits: number;
  /** Waves of each embedded number, and the deviation of their frequencies before training. */
  readonly waves: number;
  readonly deviation: number;
  /** Units of an embedded number beside itself. */
  readonly numberUnits: number;
  /** Factor of the learning rate of the waves. */
  readonly rate?: number;
}

export function planTableEmbedding(spec: TableEmbeddingSpec, input: RowShape): LayerPlan {
  const { numbers, plain, levels, levelUnits, waves, numberUnits, deviation, rate = 0.1 } = spec;
  const width = unitsOf(input, 'table-embedding');
  if (width !== numbers + plain + levels.length) {
    throw new RangeError(`rows of ${width} numbers for ${numbers} + ${plain} + ${levels.length} columns`);
  }
  const shape = (last: number[]) => [numbers, ...last];
  const uniform: TensorPlan['initial'] = (random) =>
    Float32Array.from({ length: numbers * waves }, () => Math.PI * (2 * random.uniform() - 1));
  const spread = 1 / Math.sqrt(waves);
  const periodic: TensorPlan[] = [
    { name: 'frequencies', shape: shape([1, waves]), initial: normal(shape([waves]), 2 * Math.PI * deviation), rate },
    { name: 'phases', shape: shape([1, waves]), initial: uniform, rate },
    { name: 'mixing', shape: shape([waves, numberUnits]), initial: normal(shape([waves, numberUnits]), spread), rate },
    { name: 'offsets', shape: shape([1, numberUnits]), initial: normal(shape([numberUnits]), spread), rate },
  ];
  const total = levels.reduce((a, b) => a + b, 0);
  const table: TensorPlan = { name: 'levels', shape: [total, levelUnits], initial: normal([total, levelUnits], 0.3) };
  const starts = levels.map((_, i) => levels.slice(0, i).reduce((a, b) => a + b, 0));
  return planOf(
    {
      output: [numbers * (1 + numberUnits) + plain + levels.length * levelUnits],
      parameters: [...(numbers > 0 ? periodic : []), ...(levels.length > 0 ? [table] : [])],
      work: numbers * waves * (numberUnits + 10) + levels.length * levelUnits,
      apply: ({ parameters }) => tableEmbedding(spec, starts, parameters),
    },
    numbers * (waves + 1 + numberUnits) + plain + levels.length * levelUnits,
  );
}

/** Columns of x [rows x columns] that one part of the layer embeds, [rows x units]. */
interface Part {
  readonly from: number;
  readonly width: number;
  readonly layer: Layer;
}

/** [numbers, waves of numbers, plain numbers, levels] side by side. */
export const tableEmbedding =
  ({ numbers, plain, levels }: TableEmbeddingSpec, starts: readonly number[], parameters: readonly Tensor[]): Layer =>
  (x) => {
    const unchanged: Layer = (part) => ({ output: part, backward: (g) => ({ parameters: [], input: () => g }) });
    const parts: Part[] = [{ from: 0, width: numbers + plain, layer: unchanged }];
    if (numbers > 0) parts.push({ from: 0, width: numbers, layer: periodic(parameters.slice(0, 4)) });
    const table = parameters[parameters.length - 1];
    if (levels.length > 0) parts.push({ from: numbers + plain, width: levels.length, layer: lookUp(table, starts) });
    const rows = x.shape[0];
    const used = parts.filter(({ width }) => width > 0);
    const passes = used.map(({ from, width, layer }) => layer(slice(x, [0, from], [rows, width])));
    return {
      output: concat(
        passes.map(({ output }) => output),
        1,
      ),
      backward(gradient) {
        let from = 0;
        const gradients = passes.map(({ output, backward }) => {
          const width = output.shape[1] as number;
          from += width;
          return backward(slice(gradient, [0, from - width], [rows, width]));
        });
        return {
          parameters: gradients.flatMap((each) => each.parameters),
          input: () => spreadOut(x, used, gradients),
        };
      },
    };
  };

/** The sum of the parts' gradients where their columns are; codes get 0. */
function spreadOut(x: Tensor, parts: readonly Part[], gradients: readonly { input(): Tensor }[]): Tensor {
  const [rows, columns] = x.shape;
  const padded = gradients.map(({ input }, i) => {
    const { from, width } = parts[i];
    const sides = [zeros([rows, from]), input(), zeros([rows, columns - from - width])];
    return concat(
      sides.filter((side) => side.shape[1] !== 0),
      1,
    );
  });
  return padded.reduce((sum, each) => add(sum, each));
}

/**
 * V cos(w x + b) + c for each of the numbers x [rows x numbers], its own w, b [numbers x 1 x waves], V [numbers x waves x units] and c [numbers x
 * 1 x units]: PBLD of RealMLP (Holzmueller et al. 2024, section 3; Gorishniy et al. 2022), which puts x itself beside. Gives [rows x
 * numbers units].
 */
const periodic =
  ([frequencies, phases, mixing, offsets]: readonly Tensor[]): Layer =>
  (x) => {
    const [rows, numbers] = x.shape;
    const units = mixing.shape[2] as number;
    const column = reshape(transpose(x, [1, 0]), [numbers, rows, 1]);
    const angle = add(mul(column, frequencies), phases);
    const wave = cos(angle);
    const mixed = add(matMul(wave, mixing), offsets);
    return {
      output: reshape(transpose(mixed, [1, 0, 2]), [rows, numbers * units]),
      backward(gradient) {
        const slope = transpose(reshape(gradient, [rows, numbers, units]), [1, 0, 2]);
        const turned = mul(mul(sin(angle), -1), matMul(slope, mixing, false, true));
        return {
          parameters: [
            matMul(column, turned, true, false),
            sum(turned, 1, true),
            matMul(wave, slope, true, false),
            sum(slope, 1, true),
          ],
          input: () => transpose(reshape(sum(mul(turned, frequencies), 2), [numbers, rows]), [1, 0]),
        };
      },
    };
  };

/** A row of `table` [all levels x units] for each code; codes [rows x columns], the levels of a column starting at `starts`. */
const lookUp =
  (table: Tensor, starts: readonly number[]): Layer =>
  (codes) => {
    const [rows, columns] = codes.shape;
    const [levels, units] = table.shape;
    const places = reshape(add(cast(codes, 'int32'), tensor1d([...starts], 'int32')), [-1]) as Tensor1D;
    return {
      output: reshape(gather(table, places), [rows, columns * units]),
      backward: (gradient) => ({
        parameters: [unsortedSegmentSum(reshape(gradient, [-1, units]), places, levels)],
        input: () => zeros([rows, columns]),
      }),
    };
  };
