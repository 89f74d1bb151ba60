import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { boosting } from '../../../src/engine/learners/boosting/boosting.ts';
import { ebm } from '../../../src/engine/learners/ebm/ebm.ts';
import { extraTrees } from '../../../src/engine/learners/extra-trees.ts';
import { forest } from '../../../src/engine/learners/forest.ts';
import { knn } from '../../../src/engine/learners/knn.ts';
import { learnBins } from '../../../src/engine/learners/learn-bins.ts';
import { Pace } from '../../../src/engine/learners/pace.ts';
import { rules } from '../../../src/engine/learners/rules/rules.ts';
import { tree } from '../../../src/engine/learners/tree.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { fitted } from './conformance.ts';
import { dataset, numeric, tableOf } from './toy-data.ts';

const rows = 60_000;
const columns = 12;

for (const learner of [boosting, forest, extraTrees, tree, ebm, rules, knn]) {
  test(`${learner.name} hears that it is aborted before it has looked at every column`, async () => {
    const random = createRandom(1);
    const values = Float64Array.from({ length: rows }, () => random.uniform());
    const looked = new Set<string>();
    // Names in the order in which columns are learnt.
    const features = Array.from({ length: columns }, (_, i) => {
      const { kind, type, name } = numeric(`x${String.fromCharCode(97 + i)}`, []);
      return {
        kind,
        type,
        name,
        get values() {
          looked.add(name);
          return values;
        },
      };
    });
    const truth = Array.from(values, (value) => (value > 0.5 ? 1 : 0));
    const data = dataset('binary', features, truth, 2);
    looked.clear();
    const controller = new AbortController();
    const fit = fitted(learner, data, { signal: controller.signal });
    void setImmediate().then(() => controller.abort());
    await assert.rejects(fit, { name: 'AbortError' });
    assert.ok(looked.size < columns, `${looked.size} of ${columns} columns`);
  });
}

test('how far it is is told while many cells are put into bins, and not of a small table', async () => {
  const told = async (rows: number) => {
    const random = createRandom(2);
    const values = Float64Array.from({ length: rows }, () => random.integer(9));
    const table = tableOf(Array.from({ length: 100 }, (_, i) => ({ ...numeric(`x${i}`, []), values })));
    const shares: number[] = [];
    await learnBins(table, {}, new Pace(new AbortController().signal), (share) => shares.push(share));
    return shares;
  };
  assert.deepEqual(await told(300), []);
  const shares = await told(40_000);
  assert.ok(shares.length >= 15 && shares.length <= 21, `${shares.length} times`);
  assert.ok(shares.every((share, i) => share <= 1 && share > (shares[i - 1] ?? 0)) && shares.at(-1)! > 0.9);
});
