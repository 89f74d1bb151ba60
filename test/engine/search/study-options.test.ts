import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStudy } from '../../../src/engine/index.ts';

const space = { x: { float: [0, 1] } };

/** As a program without types calls it. */
const study = (options: unknown) => createStudy(options as Parameters<typeof createStudy>[0]);

describe('options that are misspelt are said, not taken for a default', () => {
  const faults: readonly (readonly [string, unknown, string, RegExp])[] = [
    ['nothing', undefined, 'study-options', /needs a 'space'; got undefined/],
    ['no space', { direction: 'minimize' }, 'study-options', /needs a 'space'/],
    ['an option', { space, sampeler: 'tpe' }, 'study-options', /no option "sampeler"/],
    ['a sampler', { space, sampler: 'tpee' }, 'study-options', /'sampler' must be one of auto, random, .*; got "tpee"/],
    ['a pruner', { space, pruner: 'medain' }, 'study-options', /'pruner' must be one of auto, none, .*; got "medain"/],
    ['a seed', { space, seed: 'x' }, 'study-options', /'seed' must be a whole number; got "x"/],
    ['duplicates', { space, duplicates: true }, 'study-options', /'duplicates' must be one of avoid, allow; got true/],
    ['a direction', { space, direction: 'min' }, 'study-directions', /'minimize' or 'maximize'; got "min"/],
    ['directions', { space, directions: ['minimize', 'up'] }, 'study-directions', /got "up"/],
    ['a parameter', { space: { x: 5 } }, 'space-parameter-kind', /parameter "x": .*; got 5/],
    ['a range', { space: { x: { float: 5 } } }, 'space-parameter-kind', /got \{"float":5\}/],
    ['a key', { space: { x: { float: [0, 1], lgo: true } } }, 'space-parameter-kind', /"lgo":true/],
    ['text for choices', { space: { x: { choice: 'ab' } } }, 'space-choices-kind', /must be a list; got "ab"/],
    ['an object to choose', { space: { x: { choice: [{}] } } }, 'space-choices-kind', /got \{\}/],
    ['nothing to choose', { space: { x: { choice: ['a', undefined] } } }, 'space-choices-kind', /got undefined/],
  ];
  for (const [name, options, code, message] of faults) {
    it(name, () => assert.throws(() => study(options), { name: 'UserError', code, message }));
  }

  it('a trial', () => {
    assert.throws(() => study({ space }).tell(undefined as never, 1), { code: 'trial-unknown', message: /is needed/ });
  });
});

describe('optimize', () => {
  const faults: readonly (readonly [string, unknown, unknown, RegExp])[] = [
    ['trials that are no number', () => 1, { trials: Number.NaN }, /'trials' must be a number; got NaN/],
    ['no worker', () => 1, { workers: 0 }, /'workers' must be a whole number from 1 on; got 0/],
    ['a time that is none', () => 1, { timeoutSeconds: 'x' }, /'timeoutSeconds' must be a number above 0; got x/],
    ['no function', 5, { trials: 2 }, /the objective must be a function; got 5/],
  ];
  for (const [name, objective, options, message] of faults) {
    it(`refuses ${name}`, () =>
      assert.rejects(study({ space }).optimize(objective as never, options as never), {
        code: 'optimize-options',
        message,
      }));
  }

  it('says what was thrown, also where it is no error', async () => {
    const things = [undefined, { code: 3 }, '', new TypeError()];
    const one = study({ space });
    await one.optimize(
      ({ number }) => {
        throw things[number];
      },
      { trials: things.length },
    );
    assert.deepEqual(
      one.trials.map(({ state, message }) => [state, message]),
      [
        ['failed', 'It threw undefined.'],
        ['failed', 'It threw { code: 3 }.'],
        ['failed', "It threw ''."],
        ['failed', 'TypeError'],
      ],
    );
  });
});
