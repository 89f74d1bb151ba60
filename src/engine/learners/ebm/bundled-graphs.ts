import { countWords, listWords } from '../../../shared/results/numbers.ts';
import type { ModelFacts } from '../../../shared/trial.ts';
import type { Graphs } from './graphs.ts';
import type { Shape } from './term.ts';

/** Tables one after the other, as a bundle keeps them. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}

/** What is told of the model's graphs. origin: how they came about, 'mean of 8 bags ...' */
export function factsOf(
  { tables, importance, intercept }: Pick<Graphs, 'tables' | 'importance' | 'intercept'>,
  shapes: readonly Shape[],
  origin: string,
): Pick<ModelFacts, 'parameters' | 'words'> & { reading: NonNullable<ModelFacts['reading']> } {
  const speaking = shapes.filter((_, t) => importance[t] > 0);
  const pairs = speaking.filter(({ kind }) => kind === 'pair').length;
  const graphs = [
    countWords(speaking.length - pairs, 'graph of one column', 'graphs of one column'),
    ...(pairs > 0 ? [countWords(pairs, 'graph of two', 'graphs of two')] : []),
  ];
  return {
    parameters: intercept.length + tables.reduce((sum, table, t) => sum + (importance[t] > 0 ? table.length : 0), 0),
    reading: { unit: 'graphs', count: speaking.length },
    words: `${listWords(graphs)}, ${origin}`,
  };
}
