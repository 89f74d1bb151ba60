import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params, Space } from '../../../shared/space.ts';
import { type Activation, activations } from '../../networks/activation.ts';
import type { LayerGraph, LayerSpec } from '../../networks/layer-graph.ts';
import { codeCount } from './level-codes.ts';
import type { RowEncoder } from './row-encoder.ts';

/** Columns above which the defaults leave numbers as they are, and above which they train one network: a batch of members grows with both. */
const mostEmbedded = 200;
const mostShared = 1000;

export function space({ rowCount }: DatasetInfo): Space {
  const largestBatch = Math.max(128, Math.min(512, 2 ** Math.floor(Math.log2(rowCount / 4))));
  return {
    parameters: [
      { name: 'blocks', distribution: { type: 'int', low: 1, high: 4 } },
      { name: 'units', distribution: { type: 'int', low: 16, high: 192, log: true } },
      { name: 'members', distribution: { type: 'ordinal', choices: [1, 2, 4, 8] } },
      { name: 'activation', distribution: { type: 'categorical', choices: [...activations] } },
      { name: 'number_embedding', distribution: { type: 'categorical', choices: ['periodic', 'none'] } },
      { name: 'learning_rate', distribution: { type: 'float', low: 5e-4, high: 2e-2, log: true } },
      { name: 'batch_size', distribution: { type: 'int', low: 32, high: largestBatch, log: true } },
      { name: 'dropout', distribution: { type: 'float', low: 0, high: 0.5 } },
      { name: 'weight_decay', distribution: { type: 'float', low: 1e-3, high: 2, log: true } },
    ],
  };
}

/** Measured on inner parts of ten tabular training sets of 170 to 5,700 rows (docs/benchmarks.md). */
export function defaults({ rowCount, columns }: DatasetInfo): Params {
  const numbers = columns.filter(({ numeric, role }) => numeric && role === 'feature').length;
  return {
    blocks: 2,
    units: rowCount < 300 ? 32 : 64,
    members: columns.length > mostShared ? 1 : 8,
    activation: 'silu',
    number_embedding: numbers > mostEmbedded ? 'none' : 'periodic',
    learning_rate: 8e-3,
    batch_size: rowCount < 20_000 ? 128 : 256,
    dropout: 0.15,
    weight_decay: 0.1,
  };
}

/** Epochs of a whole training: many on little data, few where an epoch is long. */
export const wholeTraining = (rowCount: number): number =>
  Math.max(8, Math.min(100, Math.round(3000 / Math.sqrt(Math.max(rowCount, 1)))));

/** Multiplications of a whole training: rows x epochs x members x weights, a column counted as four inputs where it is embedded. */
export function trainingWork({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const units = params.units as number;
  const inputs = columns.length * (params.number_embedding === 'periodic' ? 4 : 1);
  const blocks = params.blocks as number;
  const weights = inputs * units + (blocks - 1) * units ** 2 + units * (classes?.length ?? 1);
  return 3 * rowCount * wholeTraining(rowCount) * (params.members as number) * weights;
}

/** Waves of an embedded number and its units beside itself, units of a level, deviation of the frequencies: PBLD's (RealMLP). */
const embedding = { waves: 16, numberUnits: 3, levelUnits: 8, deviation: 0.1 };

/** Columns embedded and scaled -> members -> a dense layer -> residual dense layers -> the output, one a member. */
export function graphOf(encoder: RowEncoder, outputs: number, params: Params): LayerGraph {
  const members = params.members as number;
  const dense: LayerSpec[] = [
    { kind: 'dense', units: params.units as number, gain: Math.SQRT2 },
    { kind: 'activation', activation: params.activation as Activation },
    ...((params.dropout as number) > 0 ? [{ kind: 'dropout' as const, rate: params.dropout as number }] : []),
  ];
  const further = Array.from({ length: (params.blocks as number) - 1 }, () => ({
    kind: 'residual' as const,
    layers: dense,
  }));
  return {
    input: [encoder.numbers + encoder.flags + encoder.embedded.length],
    layers: [
      ...embeddingOf(encoder, params.number_embedding === 'periodic'),
      { kind: 'scale', rate: 6 },
      ...(members > 1 ? [{ kind: 'members' as const, count: members }] : []),
      ...dense,
      ...further,
      members > 1
        ? { kind: 'member-dense', count: members, units: outputs }
        : { kind: 'dense', units: outputs, gain: 0 },
    ],
  };
}

function embeddingOf({ numbers, flags, embedded }: RowEncoder, periodic: boolean): LayerSpec[] {
  const waving = periodic ? numbers : 0;
  if (waving === 0 && embedded.length === 0) return [];
  const plain = numbers - waving + flags;
  return [{ kind: 'table-embedding', numbers: waving, plain, levels: embedded.map(codeCount), ...embedding }];
}
