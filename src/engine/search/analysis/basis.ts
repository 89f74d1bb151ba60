import type { SearchBasis, SurrogateFit } from '../../../shared/results/search-basis.ts';
import type { Space } from '../../../shared/space.ts';
import { size } from '../../space/distribution.ts';
import type { JudgedTrials } from './judged-trials.ts';

/** Trials that each hyperparameter wants before an order among them is more than chance: a rule of thumb of regression (Harrell 2015). */
const trialsPerParameter = 10;
/** Below this share of explained variance a surrogate's answers are of the surrogate, not of the search. */
const fairFit = 0.5;

/** What an analysis rests on, with what must be known before believing it. `fit`: null where there is no surrogate. */
export function basisOf(
  judged: JudgedTrials,
  space: Space,
  fit: SurrogateFit | null,
  usesSurrogate = true,
): SearchBasis {
  const { objective, direction, trials } = judged;
  return {
    objective,
    direction,
    trials: trials.length,
    fit,
    warnings: [
      ...alikeWarning(judged),
      ...countWarning(trials.length, variedParameters(space, judged)),
      ...(usesSurrogate ? fitWarning(fit) : []),
    ],
  };
}

/** Parameters with more than one possible value that at least one of the trials has. */
const variedParameters = ({ parameters }: Space, { points }: JudgedTrials): number =>
  parameters.filter(({ distribution }, i) => size(distribution) > 1 && points.some((point) => !Number.isNaN(point[i])))
    .length;

const alikeWarning = ({ losses, objective }: JudgedTrials): string[] =>
  losses.every((loss) => loss === losses[0])
    ? [`Every trial gave the same ${objective}: nothing can be told apart.`]
    : [];

function countWarning(trials: number, parameters: number): string[] {
  const wanted = trialsPerParameter * parameters;
  if (trials >= wanted) return [];
  return [
    `Only ${trials} trials for ${parameters} hyperparameters that vary: below ${wanted} the order may be chance; see the intervals.`,
  ];
}

function fitWarning(fit: SurrogateFit | null): string[] {
  if (!fit) return ['How well the surrogate foretells trials that it has not seen could not be measured.'];
  if (fit.value >= fairFit) return [];
  return [`What a ${fit.surrogate} that foretells so little says is of the model, not of the search.`];
}
