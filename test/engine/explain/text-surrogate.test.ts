import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { type TextSurrogateOptions, textSurrogate } from '../../../src/engine/explain/text-surrogate.ts';
import { unsuitedWords } from '../../../src/engine/explain/unsuited-words.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { wordPlaces } from '../../../src/engine/preparation/texts/words-of.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { isTellingWord, textSurrogateWords } from '../../../src/shared/results/text-surrogate.ts';
import { coded, dataset, numeric, parted } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const never = () => false;

const textsIn = (rows: Table): string[] => {
  const column = columnNamed(rows, 'text');
  return column.kind === 'coded' ? Array.from(column.codes, (code) => column.levels[code] ?? '') : [];
};

/** Values made of the text alone. */
const reader = (readingOf: (text: string) => number): Predictor => ({
  task: 'regression',
  predict: async (rows) => ({ kind: 'values', values: Float64Array.from(textsIn(rows), readingOf) }),
});

const story = "Ten green bottles stood on the wall; ten bottles, and one fell. It didn't matter, the wall was fine!";
const data = dataset('regression', [coded('text', [story, null, '...'], 'text'), numeric('x', [1, 2, 3])], [0, 0, 0]);

const explain = (predictor: Predictor, options: Partial<TextSurrogateOptions> = {}, enough = never, rows = data) =>
  textSurrogate.explain(
    predictor,
    { train: rows, evaluation: rows, part: 'validation' },
    { seed: 5, row: 0, samples: 1000, ...options },
    () => {},
    signal,
    enough,
  );

const weightOf = (terms: readonly { word: string; weight: number }[], word: string): number =>
  terms.find((term) => term.word === word)!.weight;

describe('LIME for texts', () => {
  it('finds the word that decides, and what the others add', async () => {
    const { terms, heldOutR2, trustworthy, prediction } = await explain(
      reader((text) => (text.includes('bottles') ? 3 : 0) - (text.includes('wall') ? 1 : 0)),
    );
    assert.equal(prediction, 2);
    assert.deepEqual(
      terms.slice(0, 2).map(({ word, count }) => [word, count]),
      [
        ['bottles', 2],
        ['wall', 2],
      ],
    );
    assert.ok(Math.abs(weightOf(terms, 'bottles') - 3) < 0.1 && Math.abs(weightOf(terms, 'wall') + 1) < 0.1);
    assert.ok(terms.slice(2).every(({ weight }) => Math.abs(weight) < 0.1));
    assert.ok(trustworthy && heldOutR2! > 0.95);
  });

  it('cuts the text into pieces that add up to it', async () => {
    const { pieces, terms } = await explain(reader((text) => text.length));
    assert.equal(pieces.map(({ text }) => text).join(''), story);
    for (const { text, term } of pieces) if (term !== null) assert.equal(terms[term].word, text.toLowerCase());
  });

  it('says that noise and parity are not to be read, and a constant has no reason', async () => {
    const noise = await explain(
      reader((text) => createRandom([...text].reduce((a, c) => (a * 31 + c.charCodeAt(0)) % 65_521, 7)).normal()),
    );
    assert.equal(noise.trustworthy, false);
    assert.match(textSurrogateWords(noise), /^Do not read this as the reason\./);
    assert.ok(noise.terms.filter(isTellingWord).length <= 1);
    const parity = await explain(reader((text) => wordPlaces(text).length % 2));
    assert.equal(parity.trustworthy, false);
    const constant = await explain(reader(() => 4));
    assert.equal(constant.heldOutR2, null);
    assert.match(constant.quality.words, /nothing to explain/);
  });

  it('has no words of a text that is missing or has none', async () => {
    for (const row of [1, 2]) {
      const { terms, quality, trustworthy, partial } = await explain(
        reader((text) => text.length),
        { row },
      );
      assert.deepEqual([terms, trustworthy, partial], [[], false, undefined]);
      assert.match(quality.words, /no word that could be hidden/);
    }
  });

  it('hides the first words of a long text, and says so', async () => {
    const result = await explain(
      reader((text) => (text.includes('Ten') ? 1 : 0)),
      { words: 3 },
    );
    assert.deepEqual(result.terms.map(({ word }) => word).sort(), ['bottles', 'green', 'ten']);
    assert.match(textSurrogateWords(result), /Only the first 3 of \d+ different words/);
  });

  it('gives back what was asked until it was enough', async () => {
    let asked = 0;
    const some = await explain(
      reader((text) => (text.includes('wall') ? 1 : 0)),
      {},
      () => ++asked > 4,
    );
    assert.match(some.partial ?? '', /^There was time for \d+ of 1,000 samples/);
    assert.equal(some.terms[0].word, 'wall');
    const none = await explain(
      reader((text) => text.length),
      {},
      () => true,
    );
    assert.deepEqual([none.terms, none.trustworthy], [[], false]);
    assert.match(none.quality.words, /too little time/);
  });

  it('refuses options out of range, other columns and answers that are not numbers', async () => {
    const length = reader((text) => text.length);
    for (const options of [
      { samples: 0 },
      { repeats: 0.5 },
      { words: 0 },
      { kernelWidth: 0 },
      { row: 3 },
      { column: 'x' },
    ])
      await assert.rejects(explain(length, options), { name: /^(RangeError|UserError)$/ });
    await assert.rejects(explain(reader(() => Number.NaN)), { name: 'UserError' });
    const facts = { parameters: 1, bytes: 1, words: '' };
    const { info } = dataset('regression', [numeric('x', [1])], [0]);
    assert.match(
      unsuitedWords(textSurrogate, { learner: 'tree', facts, info }) ?? '',
      /no column of texts.*local-surrogate/,
    );
  });

  it('finds the word that a fitted model learnt from', async () => {
    const random = createRandom(2);
    const words = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet'.split(' ');
    const drawn = Array.from({ length: 240 }, () => words.filter(() => random.uniform() < 0.5));
    const rows = dataset(
      'binary',
      [
        coded(
          'text',
          drawn.map((all) => `${all.join(' ')}.`),
          'text',
        ),
      ],
      drawn.map((all) => (all.includes('golf') ? 1 : 0)),
      2,
    );
    const [train, evaluation] = parted(rows, 200);
    const learner = learners.find(({ name }) => name === 'logistic')!;
    const model = await learner.fit(
      { train, seed: 1, signal, report: async () => 'continue' },
      learner.defaults(train.info),
    );
    const row = textsIn(evaluation.features).findIndex((text) => text.includes('golf'));
    const result = await textSurrogate.explain(
      model,
      { train, evaluation, part: 'validation' },
      { seed: 1, row, samples: 500, class: 'class 1' },
      () => {},
      signal,
    );
    assert.equal(result.terms[0].word, 'golf');
    assert.ok(result.terms[0].weight > 0.3 && result.trustworthy, result.quality.words);
  });
});
