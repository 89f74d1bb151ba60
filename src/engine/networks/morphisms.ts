import type { Random } from '../random.ts';
import type { HiddenLayer, PerceptronGraph } from './graph.ts';
import { type GraphStep, stepGraph } from './graph-step.ts';
import { checkWeights, type LayerWeights, type NetworkWeights } from './weights.ts';

/**
 * The weights of `stepGraph(graph, step)` made from those of `graph` (Net2Net, Chen et al. 2016). 'wider', 'deeper' and
 * 'tune' keep the function, for every input and every activation, up to float32 rounding; 'narrower' changes it as
 * little as leaving out the units that weigh least can. Dropout acts in training alone and is no part of the function.
 * Throws a RangeError where step, graph and weights do not belong together.
 */
export function morph(
  graph: PerceptronGraph,
  weights: NetworkWeights,
  step: GraphStep,
  random: Random,
): NetworkWeights {
  checkWeights(graph, weights);
  const child = stepGraph(graph, step);
  const morphed = applied(child, weights, step, random);
  checkWeights(child, morphed);
  return morphed;
}

function applied(child: PerceptronGraph, weights: NetworkWeights, step: GraphStep, random: Random): NetworkWeights {
  if (step.kind === 'tune') return weights;
  const index = step.layer - 1;
  if (step.kind === 'deeper') return weights.toSpliced(step.layer, 0, identity(child.hidden[step.layer]));
  const resize = step.kind === 'wider' ? widened : narrowed;
  const [layer, next] = resize(weights[index], weights[index + 1], step.units, random);
  return weights.with(index, layer).with(index + 1, next);
}

/** Net2DeeperNet. A gate, there where the activation would bend what it gets, is closed. */
function identity({ units, gated }: HiddenLayer): LayerWeights {
  const kernel = new Float32Array(units * units);
  for (let unit = 0; unit < units; unit++) kernel[unit * units + unit] = 1;
  return { kernel, bias: new Float32Array(units), ...(gated && { gate: new Float32Array(units) }) };
}

/**
 * Net2WiderNet: each new unit copies the incoming weights of a random old one and takes over a part of each of its
 * outgoing weights. Equal parts (equation 3) would leave the two twins under Adam, whose step does not depend on the
 * size of the gradient; parts drawn for each edge send different errors back to them.
 */
function widened(layer: LayerWeights, next: LayerWeights, units: number, random: Random): [LayerWeights, LayerWeights] {
  const old = layer.bias.length;
  const sources = Array.from({ length: units }, (_, unit) => (unit < old ? unit : random.integer(old)));
  const columns = next.bias.length;
  const kernel = new Float32Array(units * columns);
  kernel.set(next.kernel);
  for (let unit = old; unit < units; unit++) {
    for (let j = 0; j < columns; j++) {
      const whole = kernel[sources[unit] * columns + j];
      const part = Math.fround((random.uniform() * 2 - 0.5) * whole);
      kernel[unit * columns + j] = part;
      kernel[sources[unit] * columns + j] = whole - part;
    }
  }
  return [takeUnits(layer, sources), { ...next, kernel }];
}

/** Keeps the units whose incoming and outgoing weights are largest, by the product of their norms. */
function narrowed(layer: LayerWeights, next: LayerWeights, units: number): [LayerWeights, LayerWeights] {
  const old = layer.bias.length;
  const columns = next.bias.length;
  const weight = (unit: number) => {
    let [incoming, outgoing] = [layer.bias[unit] ** 2, 0];
    for (let i = unit; i < layer.kernel.length; i += old) incoming += layer.kernel[i] ** 2;
    for (let j = 0; j < columns; j++) outgoing += next.kernel[unit * columns + j] ** 2;
    return incoming * outgoing;
  };
  const order = Array.from({ length: old }, (_, unit) => ({ unit, weight: weight(unit) }));
  const kept = order
    .sort((a, b) => b.weight - a.weight || a.unit - b.unit)
    .slice(0, units)
    .map(({ unit }) => unit)
    .sort((a, b) => a - b);
  const kernel = new Float32Array(units * columns);
  for (const [to, unit] of kept.entries()) {
    kernel.set(next.kernel.subarray(unit * columns, (unit + 1) * columns), to * columns);
  }
  return [takeUnits(layer, kept), { ...next, kernel }];
}

/** The layer with these units, repeats allowed. */
function takeUnits({ kernel, bias, gate }: LayerWeights, units: readonly number[]): LayerWeights {
  const old = bias.length;
  const rows = kernel.length / old;
  const taken = new Float32Array(rows * units.length);
  for (let row = 0; row < rows; row++) {
    for (const [to, unit] of units.entries()) taken[row * units.length + to] = kernel[row * old + unit];
  }
  const pick = (values: Float32Array) => Float32Array.from(units, (unit) => values[unit]);
  return { kernel: taken, bias: pick(bias), ...(gate && { gate: pick(gate) }) };
}
