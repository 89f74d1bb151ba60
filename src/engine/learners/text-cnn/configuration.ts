import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params, Space } from '../../../shared/space.ts';
import { planGraph } from '../../networks/layer-graph.ts';
import { textGraph } from './graph.ts';

/** By what a person reads: the numbers of neighbouring words that filters see. */
const widthChoices = { '1-2': [1, 2], '1-3': [1, 2, 3], '2-4': [2, 3, 4], '3-5': [3, 4, 5] } as const;
type Widths = keyof typeof widthChoices;

export const widthsOf = ({ widths }: Params): readonly number[] => widthChoices[widths as Widths];
/** A filter must fit. */
export const leastLength = 5;

export const space = (): Space => ({
  parameters: [
    { name: 'words', distribution: { type: 'int', low: 500, high: 20_000, log: true } },
    { name: 'length', distribution: { type: 'int', low: 16, high: 256, log: true } },
    { name: 'embedding', distribution: { type: 'int', low: 8, high: 64, log: true } },
    { name: 'filters', distribution: { type: 'int', low: 16, high: 96, log: true } },
    { name: 'widths', distribution: { type: 'ordinal', choices: Object.keys(widthChoices) } },
    { name: 'dropout', distribution: { type: 'float', low: 0, high: 0.6 } },
    { name: 'learning_rate', distribution: { type: 'float', low: 3e-4, high: 2e-2, log: true } },
    { name: 'batch_size', distribution: { type: 'int', low: 16, high: 128, log: true } },
    { name: 'weight_decay', distribution: { type: 'float', low: 1e-3, high: 1, log: true } },
  ],
});

export const defaults = (): Params => ({
  words: 5000,
  length: 100,
  embedding: 24,
  filters: 32,
  widths: '1-3',
  dropout: 0.3,
  learning_rate: 5e-3,
  batch_size: 32,
  weight_decay: 0.05,
});

/** Epochs of a whole training: words are soon learnt by heart. */
export const wholeTraining = (rowCount: number): number =>
  Math.max(5, Math.min(40, Math.round(700 / Math.sqrt(Math.max(rowCount, 1)))));

export const graphOf = (length: number, vocabulary: number, outputs: number, params: Params) =>
  textGraph(length, vocabulary, outputs, {
    embedding: params.embedding as number,
    filters: params.filters as number,
    widths: widthsOf(params),
    dropout: params.dropout as number,
  });

/** Multiplications of a whole training: rows x epochs x those of the network. */
export function trainingWork({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const texts = Math.max(1, columns.filter(({ type, role }) => type === 'text' && role === 'feature').length);
  const graph = graphOf(texts * (params.length as number), params.words as number, classes?.length ?? 1, params);
  return 3 * rowCount * wholeTraining(rowCount) * planGraph(graph).work;
}
