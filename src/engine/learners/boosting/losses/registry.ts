import { UserError } from '../../../../shared/faults.ts';
import type { Params } from '../../../../shared/space.ts';
import type { Target } from '../../../data/dataset.ts';
import { scaleOf } from '../../target-scale.ts';
import { binaryLogLoss, multiclassLogLoss } from './log-loss.ts';
import type { BoostingLoss, ValueScale } from './loss.ts';
import { pinballLoss } from './pinball.ts';
import { checkCounts, poissonLoss } from './poisson.ts';
import { squaredError } from './squared.ts';

/** Losses of a numeric target, as written in the experiment file; classes are always fitted by log loss. */
export const valueLosses = ['squared', 'absolute', 'quantile', 'poisson'] as const;
export type ValueLoss = (typeof valueLosses)[number];

/** Parameters of the loss, none of which is searched. */
export interface LossChoice {
  readonly loss: ValueLoss;
  /** Of the quantile loss. */
  readonly level: number;
}

/** The choice in these parameters. Throws a UserError where it is none, or not for such a target. */
export function lossChoice(params: Params, { kind }: Target): LossChoice {
  const { loss = 'squared', quantile_level: level = 0.5 } = params;
  if (kind === 'classes' && (params.loss !== undefined || params.quantile_level !== undefined)) {
    throw wrong(
      'A target of classes is fitted by log loss; boosting takes no other there.',
      'Take "loss" and "quantile_level" out.',
    );
  }
  if (!valueLosses.some((name) => name === loss)) {
    throw wrong(`Boosting has no loss "${loss}".`, `Choose one of ${valueLosses.join(', ')}.`);
  }
  if (typeof level !== 'number' || !(level > 0 && level < 1)) {
    throw wrong(
      `quantile_level is ${level}; it must lie between 0 and 1.`,
      'Give it as a share: 0.9 for the 90 % quantile.',
    );
  }
  return { loss: loss as ValueLoss, level };
}

/** The loss over these training rows, and how scores become values. */
export function lossFor(
  target: Target,
  { loss, level }: LossChoice,
  weights?: Float64Array,
): { readonly loss: BoostingLoss; readonly scale: ValueScale } {
  if (target.kind === 'classes') {
    const { codes, classes } = target;
    const several = classes.length > 2;
    const scale = { link: 'identity', mean: 0, deviation: 1 } as const;
    return { loss: several ? multiclassLogLoss(codes, classes.length, weights) : binaryLogLoss(codes, weights), scale };
  }
  const { values } = target;
  if (loss === 'poisson') {
    checkCounts(values);
    const { mean } = scaleOf(values, weights);
    const scale = { link: 'log', mean: mean > 0 ? mean : 1, deviation: 1 } as const;
    return { loss: poissonLoss(values, scale, weights), scale };
  }
  const scale = { link: 'identity', ...scaleOf(values, weights) } as const;
  if (loss === 'squared') return { loss: squaredError(values, scale, weights), scale };
  return { loss: pinballLoss(values, loss === 'absolute' ? 0.5 : level, scale, weights), scale };
}

const wrong = (message: string, advice: string) => new UserError('boosting-loss', message, { advice });
