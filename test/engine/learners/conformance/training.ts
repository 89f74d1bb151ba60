import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { threeQuarters, toyFor } from '../toys-for.ts';
import { type Check, fitted, hasResource, loss, predictions } from './check.ts';
import { assertSound } from './sound.ts';
import { toySizeOf } from './toy-size.ts';

/** Fits that take rounds or epochs: they report, can be pruned and aborted, and are repeated in as many. */
export const training: readonly Check[] = [
  {
    name: 'stops when it is aborted',
    async run(learner, task) {
      const signal = AbortSignal.abort();
      await assert.rejects(fitted(learner, toyFor(learner, task), { signal }), { name: 'AbortError' });
      if (!hasResource(learner)) return;
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const controller = new AbortController();
      const report = async () => {
        controller.abort();
        return 'continue' as const;
      };
      await assert.rejects(fitted(learner, train, { validation, signal: controller.signal, report }), {
        name: 'AbortError',
      });
    },
  },
  {
    name: 'lets messages through while it works',
    applies: hasResource,
    async run(learner, task) {
      let turns = 0;
      let done = false;
      const counting = (async () => {
        while (!done) {
          await setImmediate();
          turns++;
        }
      })();
      const { rows, resource } = toySizeOf(learner).long;
      await fitted(learner, toyFor(learner, task, { rows }), { resource });
      const during = turns;
      done = true;
      await counting;
      assert.ok(during >= 2, `the event loop turned ${during} times`);
    },
  },
  {
    name: 'reports its loss, and stops when it is pruned',
    applies: hasResource,
    async run(learner, task) {
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const reports: [number, number][] = [];
      const model = await fitted(learner, train, {
        validation,
        async report(resource, value) {
          reports.push([resource, value]);
          return reports.length < 2 ? 'continue' : 'prune';
        },
      });
      assert.equal(reports.length, 2);
      assert.ok(reports[0][0] < reports[1][0] && reports.every(([, value]) => value > 0 && Number.isFinite(value)));
      assertSound(await model.predict(validation.features), task, validation.features.rowCount);
    },
  },
  {
    name: 'reports the loss that its model has',
    applies: hasResource,
    async run(learner, task) {
      const [train, validation] = threeQuarters(toyFor(learner, task));
      const reported = new Map<number, number>();
      const model = await fitted(learner, train, {
        validation,
        async report(resource, value) {
          reported.set(resource, value);
          return 'continue';
        },
      });
      const reached = loss(await model.predict(validation.features), validation);
      const least = Math.min(...reported.values());
      assert.ok(reached <= least * 1.001 + 1e-6, `the model has ${reached}, the best report was ${least}`);
    },
  },
  {
    name: 'refits for exactly the rounds it is told',
    applies: hasResource,
    async run(learner, task) {
      for (const resource of [1, 7]) {
        const model = await fitted(learner, toyFor(learner, task), { resource });
        assert.equal(model.facts.resource?.best, resource);
      }
      const [short, long] = [
        await fitted(learner, toyFor(learner, task), { resource: 1 }),
        await fitted(learner, toyFor(learner, task), { resource: 30 }),
      ];
      const { features } = toyFor(learner, task);
      assert.notDeepEqual(await predictions(short, features), await predictions(long, features));
    },
  },
];
