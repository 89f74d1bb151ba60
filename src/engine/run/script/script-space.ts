import type { ExperimentScript, SpaceOverride } from '../../../shared/experiment/experiment.ts';
import type { Forbidden, Parameter, Space } from '../../../shared/space.ts';
import { checkPartial } from '../../space/configuration.ts';
import { describedConditions } from '../../space/description.ts';
import { joinParams, joinSpaces } from '../../space/join.ts';
import { checkSpace } from '../../space/validation.ts';
import type { FirstConfiguration } from '../first-configuration.ts';

/** How a script is called where learners are named. */
const scriptLearner = 'script';

export interface ScriptSpace {
  readonly space: Space;
  /** Its defaults, where it has some. */
  readonly firsts: readonly FirstConfiguration[];
}

/** The space of a script, joined as that of a single learner, so that every view reads it alike. Throws the UserErrors of `checkSpace` and `checkPartial`. */
export function scriptSpace(script: ExperimentScript, forbidden: readonly Forbidden[]): ScriptSpace {
  const own = spaceOf(script.space);
  if (script.defaults) checkPartial(own, script.defaults);
  return {
    space: joinSpaces({ [scriptLearner]: own }, forbidden),
    firsts: script.defaults
      ? [{ params: joinParams(scriptLearner, script.defaults), words: "The file's own first configuration." }]
      : [],
  };
}

function spaceOf({ searched, fixed }: SpaceOverride): Space {
  const parameters: Parameter[] = [
    ...Object.entries(fixed).map(
      ([name, value]): Parameter => ({
        name,
        distribution: { type: 'categorical', choices: [value] },
      }),
    ),
    ...Object.entries(searched).map(
      ([name, { distribution, when }]): Parameter => ({
        name,
        distribution,
        ...(when && { when: describedConditions(when) }),
      }),
    ),
  ];
  return checkSpace(parameters);
}
