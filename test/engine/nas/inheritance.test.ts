import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeDataset } from '../../../src/engine/data/dataset.ts';
import { space } from '../../../src/engine/learners/mlp/configuration.ts';
import { mlp } from '../../../src/engine/learners/mlp/mlp.ts';
import { logLoss } from '../../../src/engine/metrics/classification.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { createEvolution } from '../../../src/engine/nas/evolution.ts';
import { configurationOf, type Individual, spaceBesideGraph } from '../../../src/engine/nas/strategy.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { datasetOf, numbers, tableOf } from '../explain/fixtures.ts';

/** Two interlocked rings: no straight line parts them. */
function rings(count: number) {
  const random = createRandom(1).fork('rings');
  const codes = Int32Array.from({ length: count }, (_, i) => i % 2);
  const angles = Array.from(codes, () => 2 * Math.PI * random.uniform());
  const at = (f: (angle: number) => number, shift: number) =>
    Array.from(codes, (code, i) => f(angles[i]) + (code === 1 ? shift : 0) + 0.15 * random.normal());
  const features = tableOf([numbers('x', at(Math.cos, 1)), numbers('y', at(Math.sin, 0.3))]);
  return datasetOf(features, { kind: 'classes', codes, classes: ['left', 'right'] }, 'binary');
}

test('a search by evolution: children start where their parents ended, and the best network gets better', async () => {
  const data = rings(180);
  const rows = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
  const [train, validation] = [takeDataset(data, rows(0, 120)), takeDataset(data, rows(120, 180))];
  const strategy = createEvolution({ population: 3, sample: 2 });
  const surroundings = { space: spaceBesideGraph(space(data.info)) };
  const signal = new AbortController().signal;
  const report = async (epoch: number) => (epoch % 20 === 0 ? ('prune' as const) : ('continue' as const));
  const models: Model[] = [];
  const history: Individual[] = [];
  for (let number = 0; number < 14; number++) {
    const proposal = strategy.suggest(history, surroundings, createRandom(5).fork(`trial ${number}`));
    const warmStart = proposal.parent === null ? undefined : await mlp.load(models[proposal.parent].save());
    const context = { train, validation, seed: 1, signal, report, warmStart };
    const model = await mlp.fit(context, configurationOf(proposal));
    const { values } = await model.predict(validation.features);
    const loss = logLoss(
      values,
      validation.target.kind === 'classes' ? validation.target.codes : new Int32Array(),
      2,
    ) as number;
    models.push(model);
    history.push({ number, params: proposal.params, graph: proposal.graph, loss });
    if (proposal.parent === null) continue;
    assert.match(model.facts.words, /weights inherited/);
    // The start counts as an epoch, so a child that keeps its parent's function cannot end worse.
    const parent = history[proposal.parent];
    if (!proposal.step?.startsWith('narrower'))
      assert.ok(loss <= parent.loss + 1e-5, `${proposal.step}: ${parent.loss} to ${loss}`);
  }
  const best = (from: number, to: number) => Math.min(...history.slice(from, to).map(({ loss }) => loss));
  assert.ok(best(3, 14) < best(0, 3), `${best(0, 3)} to ${best(3, 14)}`);
});
