import { logarithmDescent } from './logarithm-descent.ts';
import { descentStep, startOf } from './momentum-descent.ts';
import { breathe, clip, middle, type Tuned, type Tuner, type TuningPoint } from './tuner.ts';

export interface OneStepOptions {
  /** Step of the logarithms. */
  readonly rate?: number;
  /** Training steps between two moves of the hyperparameters. */
  readonly every?: number;
}

/** Training steps between two turns of the event loop, and between two points of the trace. */
const stretch = 50;

/**
 * T1-T2 (Luketina et al. 2016): while the weights descend the training loss, the hyperparameters descend the validation loss, looking
 * back one training step only: dV/dlambda = -rate dV/dw . d(dL/dw)/dlambda (their equation 3, with the identity for the Hessian). One
 * training tunes them; its weights at the smallest validation loss come back.
 */
export function oneStepTuner({ rate = 0.05, every = 1 }: OneStepOptions = {}): Tuner {
  return {
    name: 'one-step',
    async tune(problem, { descent, gradients, start, signal }, random) {
      const lambda = start?.slice() ?? middle(problem.hyperparameters);
      const state = startOf(problem.initialWeights(random));
      const optimizer = logarithmDescent(lambda.length, rate);
      const [slope, validationSlope] = [new Float64Array(problem.weightCount), new Float64Array(problem.weightCount)];
      const trace: TuningPoint[] = [];
      let best: Pick<Tuned, 'lambda' | 'w' | 'validationLoss'> | undefined;
      let spent = 0;
      for (let step = 0; best === undefined || spent + 2 <= gradients; step++) {
        if (step % stretch === 0) await breathe(signal);
        // The penalty acts on the weights as they are before the step.
        const before = state.w.slice();
        descentStep(problem, lambda, descent, step, state, slope);
        spent++;
        if (step % every > 0) continue;
        const validationLoss = problem.validationGradient(state.w, validationSlope);
        spent++;
        if (!Number.isFinite(validationLoss)) break;
        if (step % stretch === 0) trace.push({ gradients: spent, validationLoss });
        if (!best || validationLoss < best.validationLoss) {
          best = { lambda: lambda.slice(), w: state.w.slice(), validationLoss };
        }
        const byHyperparameters = new Float64Array(lambda.length);
        const step1 = descent.rate * (1 - descent.momentum);
        problem.addMixedDerivative(before, lambda, validationSlope, byHyperparameters, -step1);
        optimizer.step(lambda, byHyperparameters);
        clip(lambda, problem.hyperparameters);
      }
      return { ...(best ?? { lambda, w: state.w, validationLoss: Number.POSITIVE_INFINITY }), gradients: spent, trace };
    },
  };
}
