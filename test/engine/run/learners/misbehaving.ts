import { constant } from '../../../../src/engine/learners/constant.ts';
import type { FitContext, Learner } from '../../../../src/engine/learners/learner.ts';
import { UserError } from '../../../../src/shared/faults.ts';
import type { Params } from '../../../../src/shared/space.ts';

/** A learner that does what its parameter says: the faults that a study must survive. */
const misbehaving: Learner = {
  ...constant,
  name: 'misbehaving',
  title: 'Misbehaving learner',
  tags: { ...constant.tags, byDefault: false },
  space: () => ({
    parameters: [
      {
        name: 'act',
        distribution: { type: 'categorical', choices: ['work', 'throw', 'refuse', 'hang', 'grow', 'exit', 'print'] },
      },
    ],
  }),
  defaults: () => ({ act: 'work' }),
  async fit(context: FitContext, { act }: Params) {
    if (act === 'throw') throw new Error('the learner threw on purpose');
    if (act === 'refuse') throw new UserError('refused', 'it was refused on purpose.', { advice: 'Act otherwise.' });
    if (act === 'hang') for (;;) Math.sqrt(2);
    if (act === 'grow') grow();
    if (act === 'exit') process.exit(3);
    if (act === 'print') console.log('{"id":1,"answer":"a line that is not of the protocol"}');
    return constant.fit(context, {});
  },
};

function grow(): never {
  const kept: Uint8Array[] = [];
  for (;;) kept.push(new Uint8Array(32 * 1024 * 1024).fill(1));
}

export default misbehaving;
