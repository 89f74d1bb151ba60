import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { takeRows, withColumns } from '../../../../src/engine/data/table.ts';
import { ebm } from '../../../../src/engine/learners/ebm/ebm.ts';
import { purify } from '../../../../src/engine/learners/ebm/purify.ts';
import { metricValue } from '../../../../src/engine/metrics/measure.ts';
import { type Additive, isAdditive } from '../../../../src/engine/models/additive.ts';
import type { Model } from '../../../../src/engine/models/model.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { columnsOfTerm } from '../../../../src/shared/results/additive-terms.ts';
import type { Params } from '../../../../src/shared/space.ts';
import { coded, dataset, numeric, parted, toy } from '../toy-data.ts';

const { signal } = new AbortController();

async function fitted(train: Parameters<typeof ebm.fit>[0]['train'], params: Params = {}): Promise<Model & Additive> {
  const model = await ebm.fit({ train, seed: 1, signal, report: async () => 'continue' }, { bags: 3, ...params });
  assert.ok(isAdditive(model));
  return model;
}

/** y = u XOR v (as signs), plus a slope along w: two columns that say nothing by themselves. */
function exclusiveOr(rows: number) {
  const random = createRandom(3);
  const draw = () => Array.from({ length: rows }, () => 2 * random.uniform() - 1);
  const [u, v, w] = [draw(), draw(), draw()];
  const truth = u.map((value, row) => 2 * Math.sign(value * v[row]) + w[row] + 0.1 * random.normal());
  return dataset('regression', [numeric('u', u), numeric('v', v), numeric('w', w)], truth);
}

describe('explainable boosting machine', () => {
  it('finds the pair that interacts, and draws it as such', async () => {
    const data = exclusiveOr(700);
    const model = await fitted(data, { interactions: 1 });
    const { terms } = model.parts();
    assert.deepEqual(terms[0].axes.map(({ column }) => column).sort(), ['u', 'v']);
    const alone = terms.filter(({ axes }) => axes.length === 1 && axes[0].column !== 'w');
    for (const term of alone) assert.ok(term.importance < 0.3, `${columnsOfTerm(term)} alone says ${term.importance}`);
    const loss = (of: Model) => of.predict(data.features).then((p) => metricValue('rmse', p, data.target)!);
    const without = await fitted(data, { interactions: 0 });
    assert.ok((await loss(model)) < 0.5 * (await loss(without)));
    assert.equal(without.facts.reading?.count, 3);
    assert.equal(model.facts.reading?.count, 4);
  });

  it('levels that it never saw count as the average row', async () => {
    const data = toy('regression');
    const model = await fitted(data, { interactions: 0 });
    const one = takeRows(data.features, [0]);
    const color = model.parts().terms.find(({ axes }) => axes[0].column === 'color')!;
    const [axis] = color.axes;
    assert.ok(axis.kind === 'levels');
    const own = one.columns.find(({ name }) => name === 'color')!;
    assert.ok(own.kind === 'coded');
    const cell = axis.groups.findIndex(({ levels }) => levels.includes(own.levels[own.codes[0]]));
    const known = (await model.predict(one)).values[0];
    const strange = (await model.predict(withColumns(one, [coded('color', ['ultraviolet'])]))).values[0];
    assert.ok(Math.abs(known - strange - color.effect[0][cell]) < 1e-9);
  });

  it('stops in the middle of a fit when it is aborted', async () => {
    const controller = new AbortController();
    const train = toy('binary', { rows: 2000 });
    const fit = ebm.fit({ train, seed: 1, signal: controller.signal, report: async () => 'continue' }, {});
    setImmediate(() => controller.abort());
    await assert.rejects(fit, { name: 'AbortError' });
  });

  it('bags differ the more, the fewer rows there are', async () => {
    const spread = async (rows: number) => {
      const { terms } = (await fitted(parted(toy('regression', { rows: 1500 }), rows)[0], { interactions: 0 })).parts();
      const x = terms.find(({ axes }) => axes[0].column === 'x')!;
      return x.error![0].reduce((sum, error, cell) => sum + error * x.share[cell], 0);
    };
    assert.ok((await spread(100)) > 1.5 * (await spread(1500)));
  });

  it('has no bands where there is one bag', async () => {
    const model = await fitted(toy('binary'), { bags: 1 });
    assert.ok(model.parts().terms.every(({ error }) => error === undefined));
  });
});

describe('a purified table', () => {
  it('has no means along either column, and what was taken out adds up to what was there', () => {
    const random = createRandom(2);
    const [lines, columns] = [5, 7];
    const draw = (of: () => number) => Float64Array.from({ length: lines * columns }, of);
    const [table, weights] = [draw(() => random.normal()), draw(() => random.uniform())];
    const before = table.slice();
    const { first, second } = purify(table, weights, columns);
    for (let cell = 0; cell < table.length; cell++) {
      const whole = table[cell] + first[Math.floor(cell / columns)] + second[cell % columns];
      assert.ok(Math.abs(whole - before[cell]) < 1e-9);
    }
    const meanOver = (keep: (cell: number) => boolean) =>
      table.reduce((sum, value, cell) => sum + (keep(cell) ? value * weights[cell] : 0), 0);
    for (let line = 0; line < lines; line++)
      assert.ok(Math.abs(meanOver((cell) => Math.floor(cell / columns) === line)) < 1e-6);
    for (let column = 0; column < columns; column++)
      assert.ok(Math.abs(meanOver((cell) => cell % columns === column)) < 1e-6);
  });
});
