import { logarithmDescent } from './logarithm-descent.ts';
import { type Recollection, reverseTraining } from './reverse-training.ts';
import { breathe, clip, middle, type Tuned, type Tuner, type TuningPoint } from './tuner.ts';

export interface ReverseOptions {
  readonly recollection?: Recollection;
  /** Step of the logarithms. */
  readonly rate?: number;
}

/**
 * Gradient-based hyperparameter optimisation through reversible learning (Maclaurin et al. 2015): trains, differentiates the validation
 * loss through the whole training, moves the hyperparameters by Adam, trains again from the same start.
 */
export function reverseTuner({ recollection = 'checkpoints', rate = 0.4 }: ReverseOptions = {}): Tuner {
  return {
    name: 'reverse',
    async tune(problem, { descent, gradients, start, signal }, random) {
      const lambda = start?.slice() ?? middle(problem.hyperparameters);
      const weights = problem.initialWeights(random);
      const optimizer = logarithmDescent(lambda.length, rate);
      const trace: TuningPoint[] = [];
      let best: Pick<Tuned, 'lambda' | 'w' | 'validationLoss'> | undefined;
      let spent = 0;
      // One more whole turn must fit the budget: its cost is known from the last.
      for (let cost = 0; best === undefined || spent + cost <= gradients; ) {
        await breathe(signal);
        const turn = reverseTraining(problem, lambda, descent, weights, recollection);
        cost = turn.gradients + 1;
        spent += cost;
        trace.push({ gradients: spent, validationLoss: turn.validationLoss });
        if (!best || turn.validationLoss < best.validationLoss) {
          best = { lambda: lambda.slice(), w: turn.w, validationLoss: turn.validationLoss };
        }
        if (!turn.byHyperparameters.every(Number.isFinite)) break;
        optimizer.step(lambda, turn.byHyperparameters);
        clip(lambda, problem.hyperparameters);
      }
      return { ...best, gradients: spent, trace };
    },
  };
}
