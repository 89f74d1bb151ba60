import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import type { Random } from '../../random.ts';
import type { Pace } from '../pace.ts';
import { decisionOf, type Expansion, kernelRow } from './kernel.ts';
import { type SvmSettings, trainSvm } from './library.ts';
import { fitSigmoid, type Sigmoid } from './sigmoid.ts';

/** A machine that tells two classes apart: positive decision values speak for the first. */
export interface Pair extends Expansion, Sigmoid {
  readonly first: number;
  readonly second: number;
}

/** Parts that the decision values for the sigmoid are cross-fitted over. */
const parts = 3;

/** One machine for each two classes of those that occur, each with a sigmoid of its own (Platt 1999). */
export async function fitPairs(
  x: EncodedMatrix,
  codes: Int32Array,
  classes: number,
  settings: SvmSettings,
  random: Random,
  pace: Pace,
): Promise<Pair[]> {
  const byClass = Array.from({ length: classes }, (_, k) =>
    Int32Array.from(random.permutation(x.rows).filter((row) => codes[row] === k)),
  );
  const pairs: Pair[] = [];
  for (let first = 0; first < classes; first++) {
    for (let second = first + 1; second < classes; second++) {
      pairs.push({ first, second, ...(await fitPair(x, byClass[first], byClass[second], settings, pace)) });
    }
  }
  return pairs;
}

async function fitPair(x: EncodedMatrix, a: Int32Array, b: Int32Array, settings: SvmSettings, pace: Pace) {
  const places = Int32Array.from([...a, ...b]);
  const labels = Float64Array.from(places, (_, i) => (i < a.length ? 1 : -1));
  const isPositive = (i: number) => labels[i] === 1;
  if (a.length === 0 || b.length === 0) {
    const nothing = { places: new Int32Array(), coefficients: new Float64Array(), rho: 0 };
    return { ...nothing, ...fitSigmoid(new Float64Array(places.length), isPositive) };
  }
  const expansion = await trained(x, places, labels, settings, pace);
  const folds = Math.min(parts, a.length, b.length);
  const partOf = (i: number) => (i < a.length ? i : i - a.length) % folds;
  const decisions = new Float64Array(places.length);
  for (let part = 0; part < folds; part++) {
    // With one row of a class there is nothing to hold out.
    const inside = (i: number) => folds === 1 || partOf(i) !== part;
    const [kept, keptLabels] = [places.filter((_, i) => inside(i)), labels.filter((_, i) => inside(i))];
    const machine = folds === 1 ? expansion : await trained(x, kept, keptLabels, settings, pace);
    for (let i = 0; i < places.length; i++) {
      if (folds === 1 || partOf(i) === part) {
        decisions[i] = decisionOf(machine, kernelRow(settings.kernel, x, x, places[i], machine.places));
      }
    }
    await pace.after(places.length * machine.places.length);
  }
  return { ...expansion, ...fitSigmoid(decisions, isPositive) };
}

async function trained(
  x: EncodedMatrix,
  places: Int32Array,
  labels: Float64Array,
  settings: SvmSettings,
  pace: Pace,
): Promise<Expansion> {
  const expansion = await trainSvm(x, places, labels, settings);
  await pace.after(places.length ** 2);
  return expansion;
}
