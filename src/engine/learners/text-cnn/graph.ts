import type { LayerGraph, LayerSpec } from '../../networks/layer-graph.ts';

export interface TextGraphOptions {
  /** Units of a token. */
  readonly embedding: number;
  /** Filters of each width. */
  readonly filters: number;
  /** Tokens that filters see; each at most the length of a text. */
  readonly widths: readonly number[];
  readonly dropout: number;
}

/**
 * Filters of several widths over the embedded tokens, the largest answer of each, one dense layer (Kim 2014).
 * @param length tokens a text, padded or cut; a token is a whole number below `vocabulary`, as a float
 */
export function textGraph(
  length: number,
  vocabulary: number,
  outputs: number,
  { embedding, filters, widths, dropout }: TextGraphOptions,
): LayerGraph {
  const branches = widths.map((size): LayerSpec[] => [
    { kind: 'conv1d', filters, size, padding: 'same', gain: Math.SQRT2 },
    { kind: 'activation', activation: 'relu' },
    { kind: 'global-max-pool' },
  ]);
  return {
    input: [length],
    layers: [
      { kind: 'token-embedding', vocabulary, units: embedding },
      { kind: 'branches', branches },
      ...(dropout > 0 ? [{ kind: 'dropout' as const, rate: dropout }] : []),
      { kind: 'dense', units: outputs, gain: 0 },
    ],
  };
}
