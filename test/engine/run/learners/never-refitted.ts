import { constant } from '../../../../src/engine/learners/constant.ts';
import type { FitContext, Learner } from '../../../../src/engine/learners/learner.ts';
import type { Params } from '../../../../src/shared/space.ts';

/** More than two thirds of the rows of `smallProject` that are not kept for the test, and fewer than all. */
const mostRows = 80;

/** A learner whose fit on all rows never ends, nor hears that it should. */
const neverRefitted: Learner = {
  ...constant,
  name: 'never_refitted',
  title: 'Learner that is never refitted',
  tags: { ...constant.tags, byDefault: false },
  // Without it the search would end by itself: there would be nothing left to try.
  space: () => ({ parameters: [{ name: 'amount', distribution: { type: 'float', low: 0, high: 1 } }] }),
  defaults: () => ({ amount: 0.5 }),
  async fit(context: FitContext, _: Params) {
    if (context.train.features.rowCount > mostRows) for (;;) Math.sqrt(2);
    return constant.fit(context, {});
  },
};

export default neverRefitted;
