import assert from 'node:assert/strict';
import { toyFor } from '../toys-for.ts';
import { type Check, fitted, hasResource } from './check.ts';
import { assertSound } from './sound.ts';

/** The space, its defaults and its corners. */
export const parameters: readonly Check[] = [
  {
    name: 'has defaults inside its space',
    async run(learner, task) {
      for (const rows of [5, 100, 5000, 1_000_000]) {
        const info = { ...toyFor(learner, task).info, rowCount: rows };
        const { parameters } = learner.space(info);
        const defaults = learner.defaults(info);
        const active = parameters.filter(({ when }) =>
          (when ?? []).every((c) => c.oneOf.includes(defaults[c.parameter])),
        );
        assert.deepEqual(Object.keys(defaults).sort(), active.map(({ name }) => name).sort());
        for (const { name, distribution } of active) {
          const value = defaults[name];
          if ('choices' in distribution) assert.ok(distribution.choices.includes(value), name);
          else {
            assert.ok(distribution.low <= distribution.high && (!distribution.log || distribution.low > 0), name);
            const inside = (value as number) >= distribution.low && (value as number) <= distribution.high;
            assert.ok(inside, `${name} ${value}, ${rows} rows`);
            if (distribution.type === 'int') assert.ok(Number.isInteger(value), name);
          }
        }
      }
    },
  },
  {
    name: 'refuses a parameter that it does not have',
    run: (learner, task) =>
      assert.rejects(
        fitted(learner, toyFor(learner, task), {}, { ...learner.defaults(toyFor(learner, task).info), nonsense: 1 }),
        /nonsense/,
      ),
  },
  {
    name: 'fits the corners of its space',
    async run(learner, task) {
      const data = toyFor(learner, task, { rows: 60, missing: 0.1 });
      for (const end of ['low', 'high'] as const) {
        const params = Object.fromEntries(
          learner
            .space(data.info)
            .parameters.map(({ name, distribution: d }) => [
              name,
              'choices' in d ? d.choices.at(end === 'low' ? 0 : -1)! : d[end],
            ]),
        );
        const resource = hasResource(learner) ? 3 : undefined;
        assertSound(await (await fitted(learner, data, { resource }, params)).predict(data.features), task, 60);
      }
    },
  },
];
