import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Pruner } from '../../../../src/engine/search/pruner.ts';
import { pruners } from '../../../../src/engine/search/pruners/registry.ts';
import type { Stop, Trial } from '../../../../src/shared/trial.ts';
import { type PrunerCheck, prunerChecks } from './conformance.ts';

for (const [name, pruner] of Object.entries(pruners) as [string, Pruner][]) {
  describe(`the ${name} pruner`, () => {
    test('has the name that the registry knows it by', () => assert.equal(pruner.name, name));
    for (const { name: contract, check } of prunerChecks) test(contract, () => check(pruner));
  });
}

const bad = (shouldPrune: Pruner['shouldPrune']): Pruner => ({ name: 'bad', stopsDiverged: true, shouldPrune });
const stop = (words: string, trial: Trial): Stop => ({ pruner: 'bad', words, ...last(trial) });
const last = (trial: Trial) => trial.intermediate[trial.intermediate.length - 1];
const always = bad((_study, trial) => stop(`Stopped at step ${last(trial).step} for no reason.`, trial));
const above20 = bad((study, trial) =>
  study.trials.length > 1 && last(trial).value > 20
    ? stop(`At step ${last(trial).step} it is above 20.`, trial)
    : undefined,
);
let calls = 0;

/** For each contract a pruner that breaks it. */
const breakers: Readonly<Record<string, Pruner>> = {
  'a trial that is the best': always,
  'without other trials': always,
  'turning the direction': above20,
  'trials that failed': bad((study) => {
    for (const trial of study.trials) void last(trial).value;
    return undefined;
  }),
  'curves of another kind': above20,
  'asked twice': bad((_study, trial) => (calls++ % 2 ? stop('Stopped every second time.', trial) : undefined)),
  'a reason is a sentence': bad((_study, trial) => stop('worse than NaN', trial)),
  'a hopeless trial': bad(() => undefined),
};

describe('each check of pruners', () => {
  for (const check of prunerChecks) {
    test(`finds a pruner that breaks: ${check.name}`, () => {
      assert.throws(() => check.check(breakerOf(check)));
    });
  }
});

function breakerOf({ name }: PrunerCheck): Pruner {
  const found = Object.entries(breakers).find(([start]) => name.startsWith(start));
  assert.ok(found, `no pruner breaks: ${name}`);
  return found[1];
}
