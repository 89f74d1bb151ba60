import assert from 'node:assert/strict';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Importance, ImportanceOptions } from '../../../../src/engine/search/importance/importance.ts';
import type { StudyView } from '../../../../src/engine/search/study-view.ts';
import type { SpaceDescription } from '../../../../src/engine/space/description.ts';
import type { HyperparameterImportance } from '../../../../src/shared/results/hyperparameter-importance.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { judgedStudy, studyOf, withTrials } from '../judged-study.ts';

/** Every type of parameter, two of them only under conditions, one of them with a single value. */
const everything: SpaceDescription = {
  x: { float: [-1, 1] },
  rate: { float: [1e-4, 1], log: true },
  stepped: { float: [0, 1], step: 0.25 },
  count: { int: [1, 9] },
  size: { ordinal: ['tiny', 'small', 'large'] },
  kind: { choice: ['a', 'b', 'c'] },
  inner: { float: [0, 1], when: { kind: ['a', 'b'] } },
  deep: { int: [1, 3], when: { kind: 'a' } },
  only: { value: 7 },
};
const first: Params = { x: 0.9, rate: 0.5, stepped: 1, count: 9, size: 'tiny', kind: 'c', only: 7 };

const ask = (importance: Importance, study: StudyView, options: ImportanceOptions = {}): HyperparameterImportance =>
  importance.compute(study, { names: ['loss', 'seconds'], ...options }, createRandom(5));

const mixed = ({ x, count, kind, inner }: Params): number =>
  Number(x) ** 2 + Number(count) / 20 + (kind === 'a' ? Number(inner) : kind === 'b' ? 0.5 : 1);

/** Its own share of all that the method found; 0 where it found nothing of the parameter. */
function partOf({ parameters }: HyperparameterImportance, name: string): number {
  const total = parameters.reduce((sum, { importance }) => sum + Math.max(0, importance), 0);
  const own = parameters.find((parameter) => parameter.name === name)?.importance ?? 0;
  return total > 0 ? Math.max(0, own) / total : 0;
}

/** A contract that every way of judging importance keeps; throws an AssertionError where this one does not. */
export interface ImportanceCheck {
  readonly name: string;
  check(importance: Importance): void;
}

export const importanceChecks: readonly ImportanceCheck[] = [
  {
    name: 'names parameters of the space, each once, most important first, with real numbers inside their intervals',
    check(importance) {
      const study = judgedStudy({ space: everything, trials: 120, value: mixed, first });
      const result = ask(importance, study);
      const names = result.parameters.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length);
      for (const name of names) assert.ok(name in everything, name);
      assert.ok(names.includes('x') && names.includes('kind'));
      for (const { importance: own, interval, active } of result.parameters) {
        assert.ok(Number.isFinite(own) && interval.low <= own && own <= interval.high, `${own}`);
        assert.ok(active > 0 && active <= 1);
      }
      const order = result.parameters.map((parameter) => parameter.importance);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => b - a),
      );
      assert.equal(result.trials, 120);
      assert.equal(result.objective, 'loss');
    },
  },
  {
    name: 'shares lie between 0 and 1, and add up to no more than 1',
    check(importance) {
      const result = ask(importance, judgedStudy({ space: everything, trials: 60, value: mixed, first }));
      if (result.unit === 'gain') return;
      for (const { importance: own, interval } of [...result.parameters, ...(result.pairs ?? [])]) {
        assert.ok(own >= 0 && own <= 1 && interval.low >= 0 && interval.high <= 1);
      }
      const parts = [...result.parameters, ...(result.pairs ?? [])];
      assert.ok(parts.reduce((sum, part) => sum + part.importance, 0) <= 1 + 1e-9);
    },
  },
  ...(['x', 'rate', 'stepped', 'count', 'size', 'kind'] as const).map((relevant) => ({
    name: `of all parameters only ${relevant} matters where only ${relevant} does`,
    check(importance: Importance) {
      const value = (params: Params): number => {
        const at: Readonly<Record<string, number>> = { tiny: 1, small: 0, large: 2, a: 1, b: 0, c: 2 };
        const own = params[relevant];
        const number = typeof own === 'string' ? at[own] : Number(own);
        return relevant === 'rate' ? (Math.log10(number) + 2.5) ** 2 : Math.abs(number - 0.1);
      };
      const result = ask(importance, judgedStudy({ space: everything, trials: 200, value, first }));
      assert.ok(partOf(result, relevant) > 0.85, `${relevant}: ${partOf(result, relevant)}`);
      for (const name of Object.keys(everything)) {
        if (name !== relevant) assert.ok(partOf(result, name) < 0.1, `${name}: ${partOf(result, name)}`);
      }
    },
  })),
  {
    name: 'a parameter with a single value does not matter',
    check(importance) {
      const result = ask(importance, judgedStudy({ space: everything, trials: 80, value: mixed, first }));
      assert.equal(partOf(result, 'only'), 0);
    },
  },
  {
    name: 'a parameter that exists only sometimes is judged where it exists',
    check(importance) {
      const space: SpaceDescription = {
        kind: { choice: ['a', 'b'] },
        inner: { float: [0, 1], when: { kind: 'a' } },
        idle: { float: [0, 1], when: { kind: 'a' } },
      };
      const value = ({ kind, inner }: Params) => (kind === 'a' ? 3 * Number(inner) : 3);
      const began = { kind: 'a', inner: 0.9, idle: 0.5 };
      const result = ask(importance, judgedStudy({ space, trials: 200, value, first: began }));
      assert.ok(partOf(result, 'inner') > 0.2, `${partOf(result, 'inner')}`);
      assert.ok(partOf(result, 'idle') < 0.1, `${partOf(result, 'idle')}`);
    },
  },
  {
    name: 'trials that failed, were pruned, run or wait, and values that are not finite, change nothing',
    check(importance) {
      const study = judgedStudy({ space: everything, trials: 60, value: mixed, first });
      const others = study.trials.slice(1, 13).map((trial, i): Trial => {
        const { values: _values, ...rest } = trial;
        const number = 60 + i;
        const state = (['failed', 'pruned', 'running', 'waiting', 'complete', 'complete'] as const)[i % 6];
        if (state === 'complete')
          return { ...trial, number, values: [i % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NaN] };
        return { ...rest, number, state, ...(state === 'pruned' && { intermediate: [{ step: 1, value: -50 }] }) };
      });
      const more = withTrials(study, [...study.trials, ...others]);
      assert.deepEqual(ask(importance, more), ask(importance, study));
    },
  },
  {
    name: 'trials from an older space change nothing',
    check(importance) {
      const study = judgedStudy({ space: everything, trials: 60, value: mixed, first });
      const old = { ...study.trials[5], number: 60, params: { gone: 1, x: 40 }, values: [-100] };
      assert.deepEqual(ask(importance, withTrials(study, [...study.trials, old])), ask(importance, study));
    },
  },
  {
    name: 'huge, tiny and equal values leave real numbers, and equal ones a warning',
    check(importance) {
      for (const scale of [1e308, 1e-300]) {
        const value = (params: Params) => (scale / 4) * mixed(params);
        const result = ask(importance, judgedStudy({ space: everything, trials: 50, value, first }));
        for (const { importance: own } of result.parameters) assert.ok(Number.isFinite(own));
        if (result.unit === 'share') assert.ok(partOf(result, 'kind') > 0);
      }
      const equal = ask(importance, judgedStudy({ space: everything, trials: 50, value: () => 0.3, first }));
      for (const { importance: own } of equal.parameters) assert.equal(Math.abs(own), 0);
      assert.match(equal.warnings.join(' '), /same loss/);
    },
  },
  {
    name: 'three trials are too few, four are not, and it says that four are few',
    check(importance) {
      const few = (trials: number) => ask(importance, judgedStudy({ space: everything, trials, value: mixed, first }));
      assert.throws(() => few(3), { code: 'search-too-few' });
      assert.throws(() => few(0), { code: 'search-too-few' });
      assert.match(few(4).warnings.join(' '), /Only 4 trials for \d hyperparameters/);
      assert.doesNotMatch(few(100).warnings.join(' '), /Only/);
    },
  },
  {
    name: 'the same seed gives the same answer, and JSON keeps it whole',
    check(importance) {
      const study = judgedStudy({ space: everything, trials: 40, value: mixed, first });
      const result = ask(importance, study);
      assert.deepEqual(ask(importance, study), result);
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    },
  },
  {
    name: 'what is to be maximised matters as much as its opposite that is to be minimised',
    check(importance) {
      const down = judgedStudy({ space: everything, trials: 80, value: mixed, first });
      const turned = down.trials.map((trial) => ({ ...trial, values: [-(trial.values?.[0] ?? 0)] }));
      const up = studyOf(down.space, ['maximize'], turned);
      const of = (study: StudyView) => ask(importance, study).parameters.map((p) => [p.name, p.importance, p.interval]);
      assert.deepEqual(of(up), of(down));
    },
  },
  {
    name: 'of several objectives it explains the one that is asked for, or a weighted sum, and refuses others',
    check(importance) {
      const value = ({ x, count }: Params) => [Math.abs(Number(x) - 0.1), 1000 * Math.abs(Number(count) - 2)];
      const directions = ['minimize', 'minimize'] as const;
      const study = judgedStudy({ space: everything, trials: 150, value, directions, first });
      assert.ok(partOf(ask(importance, study, { objective: 0 }), 'x') > 0.8);
      const second = ask(importance, study, { objective: 1 });
      assert.ok(partOf(second, 'count') > 0.8);
      assert.equal(second.objective, 'seconds');
      const half = ask(importance, study, { weights: [0.5, 0.5] });
      assert.ok(partOf(half, 'x') > 0.15 && partOf(half, 'count') > 0.15);
      assert.equal(half.objective, '0.5 x loss + 0.5 x seconds');
      assert.throws(() => ask(importance, study, { objective: 2 }), { code: 'objective-unknown' });
      assert.throws(() => ask(importance, study, { weights: [1] }), { code: 'objective-unknown' });
    },
  },
  {
    name: 'forbidden combinations do not stop it',
    check(importance) {
      const forbidden = [
        { kind: 'a', size: ['small', 'large'] },
        { kind: 'b', size: 'tiny' },
      ];
      const result = ask(importance, judgedStudy({ space: everything, forbidden, trials: 80, value: mixed, first }));
      assert.ok(result.parameters.length > 3);
    },
  },
];
