import { isIdempotent } from './activation.ts';
import type { HiddenLayer, PerceptronGraph } from './graph.ts';

/** One mutation of a perceptron. Layers are hidden ones, counted from 1. */
export type GraphStep =
  | { readonly kind: 'wider'; readonly layer: number; readonly units: number }
  | { readonly kind: 'narrower'; readonly layer: number; readonly units: number }
  | { readonly kind: 'deeper'; readonly layer: number }
  | { readonly kind: 'tune'; readonly parameter: string };

/** 'wider: layer 1 to 192 units', 'deeper: after layer 2', 'tune: learning_rate': a configuration's `step`. */
export function stepText(step: GraphStep): string {
  if (step.kind === 'tune') return `tune: ${step.parameter}`;
  if (step.kind === 'deeper') return `deeper: after layer ${step.layer}`;
  return `${step.kind}: layer ${step.layer} to ${step.units} units`;
}

/** Reads what `stepText` writes; a RangeError for anything else. */
export function parseStep(text: string): GraphStep {
  const width = /^(wider|narrower): layer (\d+) to (\d+) units$/.exec(text);
  if (width) {
    return { kind: width[1] === 'wider' ? 'wider' : 'narrower', layer: Number(width[2]), units: Number(width[3]) };
  }
  const deeper = /^deeper: after layer (\d+)$/.exec(text);
  if (deeper) return { kind: 'deeper', layer: Number(deeper[1]) };
  const tune = /^tune: (\w+)$/.exec(text);
  if (tune) return { kind: 'tune', parameter: tune[1] };
  throw new RangeError(`"${text}" is no step of a network`);
}

/** The hidden layers after the step. Throws a RangeError where the step does not apply. */
export function stepHidden(hidden: readonly HiddenLayer[], step: GraphStep): HiddenLayer[] {
  if (step.kind === 'tune') return [...hidden];
  const layer = hidden[step.layer - 1];
  if (!layer) throw new RangeError(`no hidden layer ${step.layer} among ${hidden.length}`);
  if (step.kind === 'deeper') return hidden.toSpliced(step.layer, 0, insertedAfter(layer));
  const grows = step.units > layer.units;
  if (step.units < 1 || step.units === layer.units || grows !== (step.kind === 'wider')) {
    throw new RangeError(`${step.units} units are not ${step.kind} than ${layer.units}`);
  }
  return hidden.with(step.layer - 1, { ...layer, units: step.units });
}

/**
 * The layer that can be put after `layer` as an identity. A relu leaves what came out of a relu as it is; any other
 * activation needs a gate, which starts closed.
 */
function insertedAfter({ units, activation, gated }: HiddenLayer): HiddenLayer {
  return isIdempotent(activation) && !gated ? { units, activation } : { units, activation, gated: true };
}

export const stepGraph = (graph: PerceptronGraph, step: GraphStep): PerceptronGraph => ({
  ...graph,
  hidden: stepHidden(graph.hidden, step),
});
