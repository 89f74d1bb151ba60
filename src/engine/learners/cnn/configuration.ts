import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params, Space } from '../../../shared/space.ts';
import { planGraph } from '../../networks/layer-graph.ts';
import { imageGraph } from './graph.ts';

export const space = (): Space => ({
  parameters: [
    { name: 'size', distribution: { type: 'ordinal', choices: [16, 24, 32, 48] } },
    { name: 'filters', distribution: { type: 'int', low: 8, high: 24, log: true } },
    { name: 'stages', distribution: { type: 'int', low: 2, high: 4 } },
    { name: 'blocks', distribution: { type: 'int', low: 0, high: 2 } },
    { name: 'dropout', distribution: { type: 'float', low: 0, high: 0.5 } },
    { name: 'learning_rate', distribution: { type: 'float', low: 5e-4, high: 2e-2, log: true } },
    { name: 'batch_size', distribution: { type: 'int', low: 16, high: 64, log: true } },
    { name: 'weight_decay', distribution: { type: 'float', low: 1e-3, high: 1, log: true } },
    { name: 'flip', distribution: { type: 'categorical', choices: ['none', 'horizontal', 'both'] } },
    { name: 'shift', distribution: { type: 'float', low: 0, high: 0.25 } },
    { name: 'noise', distribution: { type: 'float', low: 0, high: 0.3 } },
    { name: 'cutout', distribution: { type: 'float', low: 0, high: 0.5 } },
    { name: 'mixup', distribution: { type: 'float', low: 0, high: 0.5 } },
  ],
});

/** A mirrored digit is another one, and a shifted picture mostly the same. */
export const defaults = (): Params => ({
  size: 32,
  filters: 16,
  stages: 3,
  blocks: 1,
  dropout: 0.1,
  learning_rate: 5e-3,
  batch_size: 32,
  weight_decay: 0.05,
  flip: 'none',
  shift: 0.1,
  noise: 0,
  cutout: 0,
  mixup: 0,
});

/** Epochs of a whole training: many on few images. */
export const wholeTraining = (rowCount: number): number =>
  Math.max(8, Math.min(50, Math.round(1000 / Math.sqrt(Math.max(rowCount, 1)))));

export const graphOf = (side: number, channels: number, outputs: number, params: Params) =>
  imageGraph([side, side, channels], outputs, {
    filters: params.filters as number,
    stages: params.stages as number,
    blocks: params.blocks as number,
    dropout: params.dropout as number,
  });

/** Multiplications of a whole training: rows x epochs x those of the network. */
export function trainingWork({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const images = Math.max(1, columns.filter(({ type, role }) => type === 'image' && role === 'feature').length);
  const graph = graphOf(params.size as number, 3 * images, classes?.length ?? 1, params);
  return 3 * rowCount * wholeTraining(rowCount) * planGraph(graph).work;
}
