import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observedDistribution, uniteDistributions } from '../../../src/engine/import/distribution-union.ts';
import { inferConditions } from '../../../src/engine/import/inferred-conditions.ts';
import type { Distribution, Params } from '../../../src/shared/space.ts';

const choice = (...choices: string[]): Distribution => ({ type: 'categorical', choices });
const unit: Distribution = { type: 'float', low: 0, high: 1 };
const conditions = (parameters: Readonly<Record<string, Distribution>>, configurations: readonly Params[]) =>
  Object.fromEntries(
    inferConditions(
      Object.entries(parameters).map(([name, distribution]) => ({ name, distribution })),
      configurations,
    ).map(({ name, when }) => [name, when?.map(({ parameter, oneOf }) => `${parameter} in ${oneOf.join(',')}`)]),
  );

describe('conditions that nobody wrote down', () => {
  it('nest: the root of a parameter is the one that tells best who has it', () => {
    const parameters = { kind: choice('svm', 'tree'), kernel: choice('rbf', 'linear'), gamma: unit };
    const told = conditions(parameters, [
      { kind: 'tree' },
      { kind: 'svm', kernel: 'linear' },
      { kind: 'svm', kernel: 'rbf', gamma: 0.5 },
      { kind: 'tree' },
    ]);
    assert.deepEqual(told, { kind: undefined, kernel: ['kind in svm'], gamma: ['kernel in rbf'] });
  });

  it('are found whatever the order of the parameters, and never in a circle', () => {
    const parameters = { gamma: unit, other: unit, kind: choice('a', 'b') };
    const told = conditions(parameters, [{ kind: 'b' }, { kind: 'a', gamma: 0, other: 1 }, { kind: 'b' }]);
    assert.deepEqual(told, { gamma: ['kind in a'], other: ['kind in a'], kind: undefined });
  });

  it('reach from a number on: the third layer exists with three layers or more', () => {
    const parameters: Record<string, Distribution> = { layers: { type: 'int', low: 1, high: 6 }, third: unit };
    const told = conditions(parameters, [
      { layers: 1 },
      { layers: 2 },
      { layers: 3, third: 0 },
      { layers: 5, third: 1 },
    ]);
    assert.deepEqual(told.third, ['layers in 3,4,5,6']);
  });

  it('bear a configuration that does not fit, and are not made up for one alone', () => {
    const parameters: Record<string, Distribution> = {
      kind: choice('a', 'b'),
      x: unit,
      seed: { type: 'int', low: 1, high: 9 },
    };
    const most = [1, 2, 3].map((seed) => ({ kind: 'a', x: 0.5, seed }));
    const rest = [4, 5, 6].map((seed) => ({ kind: 'b', seed }));
    assert.deepEqual(conditions(parameters, [...most, ...rest, { kind: 'a', seed: 7 }]).x, ['kind in a']);
    assert.deepEqual(conditions(parameters, [...most, { kind: 'a', seed: 7 }]).x, undefined);
  });
});

describe('distributions that differ among trials', () => {
  const log: Distribution = { type: 'float', low: 0.01, high: 1, log: true };

  it('are joined to the narrowest that holds both', () => {
    assert.deepEqual(uniteDistributions(log, { ...log, high: 10 }, []), { ...log, high: 10 });
    assert.deepEqual(uniteDistributions(log, { type: 'float', low: 0, high: 1 }, []), {
      type: 'float',
      low: 0,
      high: 1,
    });
    assert.deepEqual(
      uniteDistributions({ type: 'int', low: 2, high: 8, step: 2 }, { type: 'int', low: 4, high: 12, step: 2 }, []),
      { type: 'int', low: 2, high: 12, step: 2 },
    );
    assert.deepEqual(
      uniteDistributions({ type: 'int', low: 2, high: 8, step: 2 }, { type: 'int', low: 3, high: 9, step: 2 }, []),
      { type: 'int', low: 2, high: 9 },
    );
    assert.deepEqual(uniteDistributions(choice('a'), choice('b', 'a'), []), choice('a', 'b'));
    assert.deepEqual(uniteDistributions(log, choice('auto'), [0.5, 'auto']), {
      type: 'categorical',
      choices: ['auto', 0.5],
    });
  });

  it('are read off the values where nothing else is known', () => {
    assert.deepEqual(observedDistribution([1, 3]), { type: 'int', low: 1, high: 3 });
    assert.deepEqual(observedDistribution([0.001, 1]), { type: 'float', low: 0.001, high: 1, log: true });
    assert.deepEqual(observedDistribution([true, 'x', true]), { type: 'categorical', choices: [true, 'x'] });
  });
});
