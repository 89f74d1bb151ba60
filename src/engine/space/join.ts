import type { Forbidden, Parameter, Params, Space } from '../../shared/space.ts';
import { checkSpace } from './validation.ts';

/** The parameter at the root of a joined space. */
export const learnerParameter = 'learner';

/**
 * Combined algorithm selection and hyperparameter optimisation (Thornton et al. 2013, CASH): one choice of the learner, and each
 * learner's parameters as `boosting.learning_rate`, existing only where that learner is chosen. `forbidden` speaks of those names.
 */
export function joinSpaces(spaces: Readonly<Record<string, Space>>, forbidden: readonly Forbidden[] = []): Space {
  const root: Parameter = {
    name: learnerParameter,
    distribution: { type: 'categorical', choices: Object.keys(spaces) },
  };
  const parameters = Object.entries(spaces).flatMap(([learner, space]) =>
    space.parameters.map((own) => prefixed(learner, own)),
  );
  return checkSpace([root, ...parameters], forbidden);
}

const prefixed = (learner: string, { name, distribution, when = [] }: Parameter): Parameter => ({
  name: `${learner}.${name}`,
  distribution,
  when: [
    { parameter: learnerParameter, oneOf: [learner] },
    ...when.map((condition) => ({ ...condition, parameter: `${learner}.${condition.parameter}` })),
  ],
});

/** A learner's own configuration as one of the joined space. */
export const joinParams = (learner: string, config: Params): Params => ({
  [learnerParameter]: learner,
  ...Object.fromEntries(Object.entries(config).map(([name, value]) => [`${learner}.${name}`, value])),
});

/** The learner and its own configuration, of one of the joined space. Throws a RangeError where no learner is named. */
export function splitParams(params: Params): { learner: string; config: Params } {
  const learner = params[learnerParameter];
  if (typeof learner !== 'string') throw new RangeError('a joined configuration names its learner');
  const own = Object.entries(params).filter(([name]) => name.startsWith(`${learner}.`));
  return { learner, config: Object.fromEntries(own.map(([name, value]) => [name.slice(learner.length + 1), value])) };
}
