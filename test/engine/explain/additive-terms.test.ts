import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { additiveTerms } from '../../../src/engine/explain/additive-terms.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import { isAdditive } from '../../../src/engine/models/additive.ts';
import { additiveTermsWords, cellCount, cellOfAxisWords } from '../../../src/shared/results/additive-terms.ts';
import { toy } from '../learners/toy-data.ts';
import { fixtures, suited } from './fixtures.ts';

const { signal } = new AbortController();
const read = async (fixture: (typeof fixtures)[number], options = {}) => {
  const { predictor, data } = await suited(additiveTerms, fixture);
  return additiveTerms.explain(predictor, data, { seed: 1, ...options }, () => {}, signal);
};

describe('additive terms', () => {
  for (const fixture of fixtures)
    it(`add up to the model's predictions (${fixture.title})`, async () => {
      const result = await read(fixture);
      assert.match(result.quality.words, /added up they give its predictions of all 150 rows/);
      for (const { axes, effect, error, share } of result.terms) {
        const cells = axes.map(cellCount).reduce((a, b) => a * b);
        assert.equal(share.length, cells);
        for (const table of [...effect, ...(error ?? [])]) assert.equal(table.length, cells);
        assert.ok(Math.abs(share.reduce((a, b) => a + b) - 1) < 1e-3, 'the shares of the rows sum to 1');
        for (const table of effect) {
          const mean = table.reduce((sum, value, cell) => sum + value * share[cell], 0);
          assert.ok(Math.abs(mean) < 1e-3, `a graph is centred, and not on ${mean}`);
        }
      }
    });

  it('name the levels, the missing values and the edges', async () => {
    const result = await read(fixtures[3]);
    const axis = (name: string) =>
      result.terms.find(({ axes }) => axes.length === 1 && axes[0].column === name)!.axes[0];
    const island = axis('island');
    const words = Array.from({ length: cellCount(island) }, (_, cell) => cellOfAxisWords(island, cell));
    assert.deepEqual(words.sort(), ['Biscoe', 'Dream', 'Torgersen', 'missing']);
    const income = axis('income');
    assert.match(cellOfAxisWords(income, 0), /^up to \d/);
    assert.equal(cellOfAxisWords(income, cellCount(income) - 1), 'missing');
    assert.match(
      additiveTermsWords(result),
      /^The model is the sum of 5 graphs of one column and 2 graphs of two, and /,
    );
  });

  it('that find no room are told', async () => {
    const result = await read(fixtures[0], { curves: 2, pairs: 1 });
    assert.equal(result.terms.length, 3);
    assert.equal(result.further.length, 4);
    assert.match(additiveTermsWords(result), /Not drawn: 4 smaller graphs\./);
  });

  it('are refused of a model that is no sum', async () => {
    const { predictor, data } = fixtures[0];
    await assert.rejects(
      additiveTerms.explain(predictor, data, { seed: 1 }, () => {}, signal),
      RangeError,
    );
  });

  it('speak of the columns that were made of raw ones', async () => {
    const ebm = learners.find(({ name }) => name === 'ebm')!;
    const train = toy('binary', { missing: 0.1 });
    const params = { ...ebm.defaults(train.info), bags: 2 };
    const model = await ebm.fit({ train, seed: 1, signal, report: async () => 'continue' }, params);
    assert.ok(isAdditive(model));
    const data = { train, evaluation: train, part: 'validation' } as const;
    const result = await additiveTerms.explain(model, data, { seed: 1 }, () => {}, signal);
    assert.match(result.quality.words, /added up they give/);
  });
});
