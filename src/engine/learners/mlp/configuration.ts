import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params, Space } from '../../../shared/space.ts';
import { type Activation, activations } from '../../networks/activation.ts';
import { type HiddenLayer, parseHidden } from '../../networks/graph.ts';
import { type GraphStep, parseStep } from '../../networks/graph-step.ts';
import { createAdam } from '../../networks/optimizers/adam.ts';
import type { Optimizer, WeightDecay } from '../../networks/optimizers/optimizer.ts';
import { createSgd } from '../../networks/optimizers/sgd.ts';

/** What an architecture search writes into a configuration, beside the space: see `nas/strategy.ts`. */
export const architectureParameters = ['graph', 'step'] as const;

export function space({ rowCount }: DatasetInfo): Space {
  const largestBatch = Math.max(32, Math.min(1024, 2 ** Math.floor(Math.log2(rowCount / 4))));
  return {
    parameters: [
      { name: 'layers', distribution: { type: 'int', low: 1, high: 4 } },
      { name: 'units', distribution: { type: 'int', low: 16, high: 256, log: true } },
      { name: 'activation', distribution: { type: 'categorical', choices: [...activations] } },
      { name: 'optimizer', distribution: { type: 'categorical', choices: ['adam', 'sgd'] } },
      {
        name: 'momentum',
        distribution: { type: 'float', low: 0, high: 0.99 },
        when: [{ parameter: 'optimizer', oneOf: ['sgd'] }],
      },
      { name: 'learning_rate', distribution: { type: 'float', low: 3e-4, high: 3e-2, log: true } },
      { name: 'batch_size', distribution: { type: 'int', low: 16, high: largestBatch, log: true } },
      { name: 'dropout', distribution: { type: 'float', low: 0, high: 0.5 } },
      { name: 'weight_decay', distribution: { type: 'float', low: 1e-3, high: 2, log: true } },
    ],
  };
}

/** AutoGluon's batch size, 8 x 2^(digits of the rows), between 16 and 512; the rest measured on eight tabular sets of 500 to 14,000 rows. */
export function defaults({ rowCount }: DatasetInfo): Params {
  const digits = Math.floor(Math.log10(Math.max(rowCount, 1)));
  return {
    layers: 2,
    units: 128,
    activation: 'relu',
    optimizer: 'adam',
    learning_rate: 4e-3,
    batch_size: Math.min(512, Math.max(16, 8 * 2 ** digits)),
    dropout: 0.3,
    weight_decay: 0.5,
  };
}

/** The layers that a configuration asks for: its `graph` where an architecture search wrote one. */
export function hiddenOf(params: Params): HiddenLayer[] {
  if (typeof params.graph === 'string') return parseHidden(params.graph);
  const layer = { units: params.units as number, activation: params.activation as Activation };
  return Array.from({ length: params.layers as number }, () => layer);
}

/** The mutation that made the graph from the parent's; undefined outside an architecture search. */
export const stepOf = ({ step }: Params): GraphStep | undefined =>
  typeof step === 'string' ? parseStep(step) : undefined;

export function optimizerOf(params: Params, weightDecay: WeightDecay = params.weight_decay as number): Optimizer {
  if (params.optimizer === 'adam') return createAdam({ weightDecay });
  return createSgd({ momentum: (params.momentum as number | undefined) ?? 0, weightDecay });
}

/** Epochs of a whole training: many on little data, few where an epoch is long. */
export const wholeTraining = (rowCount: number): number =>
  Math.max(8, Math.min(200, Math.round(4000 / Math.sqrt(Math.max(rowCount, 1)))));

/** Multiplications of a whole training: rows x epochs x weights, a column counted as one input. */
export function trainingWork({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const hidden = hiddenOf(params).map(({ units }) => units);
  const widths = [columns.length, ...hidden, classes?.length ?? 1];
  const weights = widths.slice(1).reduce((sum, units, i) => sum + units * widths[i], 0);
  return 3 * rowCount * wholeTraining(rowCount) * weights;
}
