import type { Distribution, Params, Space, Value } from '../../shared/space.ts';
import { activations } from '../networks/activation.ts';
import { type HiddenLayer, hiddenText, parseHidden } from '../networks/graph.ts';
import { type GraphStep, stepHidden } from '../networks/graph-step.ts';
import type { Random } from '../random.ts';
import { numericAxis } from '../space/axis.ts';
import { configure } from '../space/conditions.ts';
import { fromNumber, sampleValue, toNumber } from '../space/distribution.ts';

/** Bounds of the search over perceptrons. */
export const bounds = { layers: 6, fewestUnits: 8, mostUnits: 512 } as const;

/** Widths that a first generation is made of. */
const firstUnits = [16, 32, 64, 128, 256] as const;

/** One to three layers of any width and one activation, drawn uniformly. */
export function randomHidden(random: Random): HiddenLayer[] {
  const activation = activations[random.integer(activations.length)];
  return Array.from({ length: 1 + random.integer(3) }, () => ({
    units: firstUnits[random.integer(firstUnits.length)],
    activation,
  }));
}

export interface Mutant {
  readonly graph: string;
  readonly params: Params;
  readonly step: GraphStep;
}

/**
 * One random step from a parent: a wider, deeper or narrower network, or one hyperparameter moved. Kinds that the bounds
 * forbid are not drawn.
 */
export function mutate(graph: string, params: Params, space: Space, random: Random): Mutant {
  const hidden = parseHidden(graph);
  const layers = hidden.map((_, i) => i + 1);
  const growing = layers.filter((layer) => hidden[layer - 1].units < bounds.mostUnits);
  const shrinking = layers.filter((layer) => hidden[layer - 1].units > bounds.fewestUnits);
  const kinds: (() => Mutant)[] = [];
  const draw = <T>(from: readonly T[]): T => from[random.integer(from.length)];
  const graphStep = (step: GraphStep): Mutant => ({ graph: hiddenText(stepHidden(hidden, step)), params, step });
  if (growing.length > 0) {
    kinds.push(() => {
      const layer = draw(growing);
      return graphStep({ kind: 'wider', layer, units: wider(hidden[layer - 1].units, random) });
    });
  }
  if (shrinking.length > 0) {
    kinds.push(() => {
      const layer = draw(shrinking);
      return graphStep({ kind: 'narrower', layer, units: narrower(hidden[layer - 1].units, random) });
    });
  }
  if (hidden.length < bounds.layers) kinds.push(() => graphStep({ kind: 'deeper', layer: draw(layers) }));
  const tunable = movable(space, params);
  if (tunable.length > 0) {
    kinds.push(() => {
      const parameter = draw(tunable);
      return { graph, params: moved(space, params, parameter, random), step: { kind: 'tune', parameter } };
    });
  }
  return draw(kinds)();
}

/** Between 1.25 and 2 times as many units. */
const wider = (units: number, random: Random): number =>
  Math.min(bounds.mostUnits, Math.max(units + 1, Math.round(units * (1.25 + 0.75 * random.uniform()))));

const narrower = (units: number, random: Random): number =>
  Math.max(bounds.fewestUnits, Math.min(units - 1, Math.round(units * (0.5 + 0.3 * random.uniform()))));

/** Parameters of the configuration that can take another value. */
const movable = (space: Space, params: Params): string[] =>
  space.parameters.filter(({ name, distribution }) => name in params && canMove(distribution)).map(({ name }) => name);

const canMove = (distribution: Distribution): boolean =>
  distribution.type === 'categorical' ? distribution.choices.length > 1 : numericAxis(distribution).count > 1;

/** The configuration with one value moved; parameters that this makes exist are drawn, those it ends are gone. */
function moved(space: Space, params: Params, name: string, random: Random): Params {
  const from = params[name];
  return configure(space, (parameter) => {
    const { distribution } = parameter;
    if (parameter.name === name) return movedValue(distribution, from, random);
    return params[parameter.name] ?? sampleValue(distribution, random);
  });
}

/** Another choice; another number up to a quarter of the axis (linear or logarithmic) away, or to the grid's neighbours. */
function movedValue(distribution: Distribution, from: Value, random: Random): Value {
  if (distribution.type === 'categorical') {
    const others = distribution.choices.filter((choice) => choice !== from);
    return others[random.integer(others.length)];
  }
  const axis = numericAxis(distribution);
  const start = toNumber(distribution, from);
  const [low, high] = axis.cell(start);
  const reach = Math.max((axis.high - axis.low) / 4, 1.5 * (high - low));
  let value: number;
  do {
    value = axis.toValue(axis.toPosition(start) + reach * (2 * random.uniform() - 1));
  } while (value === start);
  return fromNumber(distribution, value);
}
