import assert from 'node:assert/strict';
import type { Pruner } from '../../../../src/engine/search/pruner.ts';
import type { StudyView } from '../../../../src/engine/search/study-view.ts';
import type { Direction } from '../../../../src/shared/metrics.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { deepFreeze } from '../frozen-study.ts';

/** A trial that reported these values at steps 1, 2, 3, ... */
export function trialOf(number: number, values: readonly number[], more: Partial<Trial> = {}): Trial {
  return {
    number,
    state: 'complete',
    params: {},
    why: { sampler: 'random', phase: 'explore', words: 'Drawn at random.' },
    intermediate: values.map((value, i) => ({ step: i + 1, value })),
    ...(more.state === undefined && { values: [values.at(-1) ?? 0] }),
    attributes: {},
    ...more,
  };
}

export const viewOf = (trials: readonly Trial[], direction: Direction = 'minimize'): StudyView =>
  deepFreeze({ space: { parameters: [] }, directions: [direction], seed: 1, trials, expected: {}, tried: () => false });

/** The pruner's word on a trial that has reported these values, after the others. */
export function decide(
  pruner: Pruner,
  others: readonly Trial[],
  values: readonly number[],
  more: Partial<Trial> = {},
  direction: Direction = 'minimize',
) {
  const trial = trialOf(others.length, values, { state: 'running', ...more });
  return pruner.shouldPrune(viewOf([...others, trial], direction), trial);
}

/** Nine finished curves of nine steps, the better the lower their number. */
export const ladder = Array.from({ length: 9 }, (_, number) =>
  trialOf(
    number,
    Array.from({ length: 9 }, (_, step) => 10 + number - step),
  ),
);
const curve = (start: number, length: number) => Array.from({ length }, (_, step) => start - step);
const lengths = [1, 2, 3, 5, 9];

/** A contract that every pruner keeps; throws an AssertionError where this one does not. */
export interface PrunerCheck {
  readonly name: string;
  check(pruner: Pruner): void;
}

export const prunerChecks: readonly PrunerCheck[] = [
  {
    name: 'a trial that is the best so far at every step goes on',
    check(pruner) {
      for (const length of lengths) assert.equal(decide(pruner, ladder, curve(5, length)), undefined);
    },
  },
  {
    name: 'without other trials nothing is stopped',
    check(pruner) {
      for (const length of lengths) assert.equal(decide(pruner, [], curve(100, length)), undefined);
    },
  },
  {
    name: 'turning the direction and every sign changes no decision',
    check(pruner) {
      const turned = ladder.map((trial) =>
        trialOf(
          trial.number,
          trial.intermediate.map(({ value }) => -value),
        ),
      );
      for (const start of [5, 12, 14, 30]) {
        for (const length of lengths) {
          const low = decide(pruner, ladder, curve(start, length));
          const high = decide(
            pruner,
            turned,
            curve(start, length).map((value) => -value),
            {},
            'maximize',
          );
          assert.equal(low === undefined, high === undefined);
        }
      }
    },
  },
  {
    name: 'trials that failed, wait, or reported nothing do not stop it',
    check(pruner) {
      const odd = [
        ...ladder,
        trialOf(9, [], { state: 'failed' }),
        trialOf(10, [], { state: 'waiting' }),
        trialOf(11, [], { state: 'running' }),
        trialOf(12, []),
        trialOf(13, [3, 2], { state: 'pruned' }),
      ];
      for (const length of lengths)
        assert.equal(typeof (decide(pruner, odd, curve(99, length))?.words ?? ''), 'string');
    },
  },
  {
    name: 'curves of another kind are not compared',
    check(pruner) {
      const others = ladder.map((trial) => ({ ...trial, attributes: { curve: 'boosting rounds' } }));
      for (const length of lengths) {
        assert.equal(decide(pruner, others, curve(99, length), { attributes: { curve: 'mlp epochs' } }), undefined);
      }
    },
  },
  {
    name: 'asked twice it says the same',
    check(pruner) {
      for (const length of lengths) {
        assert.deepEqual(decide(pruner, ladder, curve(15, length)), decide(pruner, ladder, curve(15, length)));
      }
    },
  },
  {
    name: 'a reason is a sentence that names the step',
    check(pruner) {
      for (const length of lengths) {
        const stop = decide(pruner, ladder, curve(40, length));
        if (stop === undefined) continue;
        const { words } = stop;
        assert.equal(stop.pruner, pruner.name);
        assert.deepEqual(JSON.parse(JSON.stringify(stop)), stop);
        for (const number of stop.compared ?? []) assert.ok(number >= 0 && number <= ladder.length);
        assert.match(words, new RegExp(`^[A-Z].*step ${length}\\b.*\\.$`));
        assert.doesNotMatch(words, /undefined|NaN|Infinity/);
      }
    },
  },
  {
    name: 'a hopeless trial is stopped, and one that diverges, unless the pruner is none',
    check(pruner) {
      const stopped = lengths.some((length) => decide(pruner, ladder, curve(40, length)) !== undefined);
      assert.equal(stopped, pruner.name !== 'none');
      assert.equal(pruner.stopsDiverged, pruner.name !== 'none');
    },
  },
];
