import { type Descent, type DescentState, descentStep, startOf } from './momentum-descent.ts';
import { ReversibleDescent } from './reversible-descent.ts';
import type { TrainingProblem } from './training-problem.ts';

/** Derivatives of the validation loss after a training, by what was set before it. */
export interface Hypergradient {
  readonly validationLoss: number;
  /** Weights after the training. */
  readonly w: Float64Array;
  /** By the logarithms of the problem's hyperparameters. */
  readonly byHyperparameters: Float64Array;
  readonly byRate: number;
  readonly byMomentum: number;
  readonly byStart: Float64Array;
  /** Gradients of the training loss that it took, a product with the Hessian counted as two. */
  readonly gradients: number;
}

/** How the states of the training are found again on the way back. */
export type Recollection = 'exact' | 'checkpoints';

/**
 * Reverse-mode differentiation of the validation loss through a whole training (Maclaurin, Duvenaud and Adams 2015, algorithm 2). The
 * training is run backwards exactly, or recomputed between sqrt(steps) checkpoints (Griewank 1992).
 */
export function reverseTraining(
  problem: TrainingProblem,
  lambda: Float64Array,
  descent: Descent,
  start: Float64Array,
  recollection: Recollection,
): Hypergradient {
  const trace =
    recollection === 'exact'
      ? exactTrace(problem, lambda, descent, start)
      : checkpoints(problem, lambda, descent, start);
  const { rate, steps } = descent;
  const { momentum } = trace;
  const dw = new Float64Array(problem.weightCount);
  const dv = new Float64Array(problem.weightCount);
  const byHyperparameters = new Float64Array(lambda.length);
  const end = trace.end();
  const validationLoss = problem.validationGradient(end.w, dw);
  const gradient = new Float64Array(problem.weightCount);
  const curved = new Float64Array(problem.weightCount);
  let [byRate, byMomentum] = [0, 0];
  let after = end;
  for (let step = steps - 1; step >= 0; step--) {
    const before = trace.back(step);
    const batch = step % problem.batchCount;
    problem.trainingGradient(before.w, lambda, batch, gradient);
    for (let i = 0; i < dw.length; i++) {
      byRate += dw[i] * after.v[i];
      dv[i] += rate * dw[i];
      byMomentum += dv[i] * (before.v[i] + gradient[i]);
    }
    problem.slopeGradient(before.w, lambda, batch, dv, curved, byHyperparameters, momentum - 1);
    for (let i = 0; i < dw.length; i++) {
      dw[i] -= (1 - momentum) * curved[i];
      dv[i] *= momentum;
    }
    after = before;
  }
  return {
    validationLoss,
    w: end.w,
    byHyperparameters,
    byRate,
    byMomentum,
    byStart: dw,
    gradients: trace.gradients() + 3 * steps,
  };
}

/** The states of a training, from its end to its start. */
interface Trace {
  readonly momentum: number;
  end(): DescentState;
  /** The state before the step; asked for in falling order. */
  back(step: number): DescentState;
  /** Spent on finding the states. */
  gradients(): number;
}

function exactTrace(problem: TrainingProblem, lambda: Float64Array, descent: Descent, start: Float64Array): Trace {
  const training = new ReversibleDescent(problem, lambda, descent, start);
  for (let step = 0; step < descent.steps; step++) training.forward();
  return {
    momentum: training.momentum,
    end: () => ({ w: training.w, v: training.v }),
    back() {
      training.backward();
      return { w: training.w, v: training.v };
    },
    gradients: () => 2 * descent.steps,
  };
}

function checkpoints(problem: TrainingProblem, lambda: Float64Array, descent: Descent, start: Float64Array): Trace {
  const spacing = Math.max(1, Math.ceil(Math.sqrt(descent.steps)));
  const gradient = new Float64Array(problem.weightCount);
  const kept: DescentState[] = [];
  let gradients = 0;
  const advance = (state: DescentState, step: number): void => {
    descentStep(problem, lambda, descent, step, state, gradient);
    gradients++;
  };
  const state = startOf(start);
  for (let step = 0; step < descent.steps; step++) {
    if (step % spacing === 0) kept.push(copied(state));
    advance(state, step);
  }
  let stretch: DescentState[] = [];
  let first = descent.steps;
  return {
    momentum: descent.momentum,
    end: () => state,
    back(step) {
      if (step < first) {
        first = Math.floor(step / spacing) * spacing;
        stretch = [kept[first / spacing]];
        for (let at = first; at < step; at++) {
          const next = copied(stretch[at - first]);
          advance(next, at);
          stretch.push(next);
        }
      }
      return stretch[step - first];
    },
    gradients: () => gradients,
  };
}

const copied = ({ w, v }: DescentState): DescentState => ({ w: w.slice(), v: v.slice() });
