import type { Trial } from '../../../../shared/trial.ts';
import { containsConfiguration } from '../../../space/configuration.ts';
import { toMinimize } from '../../ranking.ts';
import type { Resource, StudyView } from '../../study-view.ts';

/** All that is known of one configuration's training, through however many trials it went on. */
export interface TrainingCurve {
  /** The trial that went furthest. */
  readonly latest: Trial;
  /** Shares of the whole resource, rising, at most 1. */
  readonly steps: Float64Array;
  readonly losses: Float64Array;
  /** Whether it may go on: its latest trial is complete, and has not had all. */
  readonly paused: boolean;
}

/** Points of a curve that the model sees at most; the rest of a long one says little more, at a cubic cost. */
const mostPoints = 10;

/** The curves of configurations of the space as it is now, by the number of their first trial. Failed and pruned ones end theirs. */
export function trainingCurves(study: StudyView, resource: Resource): TrainingCurve[] {
  const chains = new Map<number, Trial[]>();
  const gone = new Set<number>();
  for (const trial of study.trials) {
    if (trial.state === 'waiting' || !containsConfiguration(study.space, trial.params)) continue;
    const before = trial.continues === undefined ? undefined : chains.get(trial.continues);
    if (trial.continues !== undefined && before) gone.add(trial.continues);
    chains.set(trial.number, [...(before ?? []), trial]);
  }
  return [...chains]
    .filter(([number]) => !gone.has(number))
    .flatMap(([, chain]) => curveOf(chain, study, resource) ?? []);
}

function curveOf(chain: readonly Trial[], study: StudyView, resource: Resource): TrainingCurve | undefined {
  const points = chain.flatMap((trial, i) => pointsOf(trial, chain[i - 1]?.fidelity ?? 0, study, resource));
  if (points.length === 0) return undefined;
  const latest = chain[chain.length - 1];
  const kept = points.filter((_, i) => isKept(i, points.length));
  return {
    latest,
    steps: Float64Array.from(kept, ([step]) => step / resource.max),
    losses: Float64Array.from(kept, ([, loss]) => loss),
    paused: latest.state === 'complete' && (latest.fidelity ?? resource.max) < resource.max,
  };
}

/**
 * What a trial adds to the curve: its value at the end, and before it what it reported, where its steps count the resource: they are
 * those after its predecessor's end and up to its own.
 */
function pointsOf(
  { state, values, intermediate, fidelity }: Trial,
  from: number,
  { directions }: StudyView,
  { max }: Resource,
): [number, number][] {
  const to = fidelity ?? max;
  const loss = (value: number) => toMinimize(value, directions[0]);
  const counts = intermediate.every(({ step }) => step > from && step <= to);
  const reported = counts ? intermediate.filter(({ step }) => step < to) : [];
  const points = reported.map(({ step, value }): [number, number] => [step, loss(value)]);
  if (state === 'complete' && values) points.push([to, loss(values[0])]);
  return points;
}

/** Evenly spread over the curve, its last point among them. */
const isKept = (i: number, count: number): boolean =>
  count <= mostPoints || Math.floor(((i + 1) * mostPoints) / count) > Math.floor((i * mostPoints) / count);
