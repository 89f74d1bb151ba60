import { setTimeout as delay } from 'node:timers/promises';
import { constant } from '../../../../src/engine/learners/constant.ts';
import type { FitContext, Learner } from '../../../../src/engine/learners/learner.ts';

/** Reports a round every 50 milliseconds and never ends by itself while it is judged. */
const endless: Learner = {
  ...constant,
  name: 'endless',
  title: 'Endless learner',
  tags: { ...constant.tags, resource: 'rounds', byDefault: false },
  async fit(context: FitContext) {
    for (let round = 1; context.validation; round++) {
      await delay(50, undefined, { signal: context.signal });
      if ((await context.report(round, 1 / round)) === 'prune') break;
    }
    return constant.fit(context, {});
  },
};

export default endless;
