import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { whyTrial } from '../../../../src/engine/search/analysis/why.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { searchWhyWords } from '../../../../src/shared/results/search-why.ts';
import type { Reason, Trial } from '../../../../src/shared/trial.ts';
import { studyOf } from '../judged-study.ts';

const space = describeSpace({
  kind: { choice: ['a', 'b'] },
  x: { float: [0, 1] },
  inner: { int: [1, 9], when: { kind: 'a' } },
});
const plain: Reason = { sampler: 'random', phase: 'start-up', words: 'Drawn at random.' };
const trial = (number: number, more: Partial<Trial> = {}): Trial => ({
  number,
  state: 'complete',
  params: { kind: 'b', x: 0.5 },
  why: plain,
  intermediate: [],
  attributes: {},
  startedAt: 1000 * number,
  endedAt: 1000 * number + 1500,
  ...more,
});
const told: Reason = {
  sampler: 'gp',
  phase: 'explore',
  words: 'Where little is known.',
  acquisition: -2.5,
  acquisitionName: 'log expected improvement',
  prediction: { value: 0.4, low: 0.2, high: 0.6 },
  parameters: [
    { name: 'x', exploit: 0.01, explore: 0.02 },
    { name: 'inner', exploit: -0.3, explore: 0.1 },
  ],
  surrogate: { name: 'Gaussian process', trials: 2, fit: 0.7, fitName: 'R2' },
  rejected: [{ params: { kind: 'b', x: 0.25 }, acquisition: -2.75 }],
  spokeFor: [1, 77],
  spokeAgainst: [0],
};
const trials = [
  trial(0, { values: [0.9] }),
  trial(1, { values: [0.5], params: { kind: 'a', x: 0.5, inner: 3 } }),
  trial(2, { values: [0.7], params: { kind: 'a', x: 0.125, inner: 3 }, why: told, startedAt: 2600 }),
  trial(3, { state: 'running', endedAt: undefined, why: { ...told, spokeFor: [2] } }),
];
const study = studyOf(space, ['minimize'], trials);

describe('why a configuration was tried', () => {
  const why = whyTrial(study, trials[2], 'log_loss');

  test('hands on the record as it was written', () => assert.equal(why.reason, told));

  test('gives the trials that were named with their values and differences, and leaves out what the study has not', () => {
    assert.deepEqual(why.spokeFor, [
      { trial: 1, state: 'complete', value: 0.5, differences: [{ name: 'x', here: 0.125, there: 0.5 }] },
    ]);
    assert.deepEqual(
      why.spokeAgainst[0].differences.map(({ name, here, there }) => [name, here, there]),
      [
        ['kind', 'a', 'b'],
        ['x', 0.125, 0.5],
        ['inner', 3, null],
      ],
    );
  });

  test('gives the rejected candidates by their differences, and the weightiest parameter first', () => {
    assert.deepEqual(
      why.rejected[0].differences.map(({ name, there }) => [name, there]),
      [
        ['kind', 'b'],
        ['x', 0.25],
        ['inner', null],
      ],
    );
    assert.deepEqual(
      why.parameters.map(({ name, value }) => [name, value]),
      [
        ['inner', 3],
        ['x', 0.125],
      ],
    );
  });

  test('holds the prediction against the truth, once it is known', () => {
    assert.deepEqual(why.prediction, { value: 0.4, low: 0.2, high: 0.6, measured: 0.7, inside: false });
    const running = whyTrial(study, trials[3], 'log_loss');
    assert.deepEqual([running.prediction?.measured, running.prediction?.inside], [null, null]);
  });

  test('knows its place, and the best that had ended when it began', () => {
    assert.deepEqual(why.rank, { place: 2, of: 3 });
    assert.deepEqual(why.bestBefore, { trial: 1, value: 0.5 });
    // Trial 1 began at 1000, when trial 0 had not ended.
    assert.equal(whyTrial(study, trials[1], 'log_loss').bestBefore, null);
    assert.equal(whyTrial(study, trials[3], 'log_loss').rank, null);
  });

  test('the place is the same for a copy of the trial, as a store hands it out', () => {
    const copy: Trial = JSON.parse(JSON.stringify(trials[2]));
    assert.deepEqual(whyTrial(study, copy, 'log_loss').rank, { place: 2, of: 3 });
  });

  test('is told in sentences, each under its title', () => {
    const paragraphs = searchWhyWords(why);
    const words = Object.fromEntries(paragraphs.map(({ title, words: of }) => [title, of]));
    assert.match(
      words['Why it was suggested'],
      /^Where little is known\. Sampler gp, exploring.*Gaussian process over 2 trials \(R2 0\.7\)\./,
    );
    assert.equal(words['What spoke for it'], 'Trial 1 gave log loss 0.5: x 0.5 instead of 0.125.');
    assert.match(
      words['What was not taken'],
      /-2\.75 against -2\.5, with kind b instead of a, x 0\.25 instead of 0\.125/,
    );
    assert.match(
      words['What was foretold'],
      /0\.4 was foretold, 0\.2 to 0\.6 with 90 % confidence; the truth was 0\.7, outside\./,
    );
    assert.match(words['Exploring or exploiting'], /inner 3, more for what is unknown/);
    assert.equal(words['What came of it'], 'Log loss 0.7, number 2 of 3. The best until then was trial 1 with 0.5.');
    for (const { words: text } of paragraphs) assert.doesNotMatch(text, /undefined|NaN|null|\[object/);
  });

  test('says nothing of what was not recorded', () => {
    const titles = searchWhyWords(whyTrial(study, trials[0], 'log_loss')).map(({ title }) => title);
    assert.deepEqual(titles, ['Why it was suggested', 'What came of it']);
  });
});

describe('why a trial ended otherwise', () => {
  const stopped = {
    pruner: 'median',
    words: 'At step 2 it was worse than the median.',
    step: 2,
    value: 3,
    compared: [0, 1],
  };
  const lineage: Reason = { ...plain, sampler: 'genetic', phase: 'mutate', parents: [0, 1], generation: 2 };
  const others = [
    ...trials,
    trial(4, { state: 'pruned', stopped, message: 'pruned', why: lineage }),
    trial(5, { state: 'failed', message: 'It ran out of memory.' }),
    trial(6, { values: [0.3], fidelity: 9, continues: 0 }),
  ];
  const wider = studyOf(space, ['minimize'], others);
  const wordsOf = (number: number) =>
    Object.fromEntries(
      searchWhyWords(whyTrial(wider, others[number], 'log_loss')).map(({ title, words }) => [title, words]),
    );

  test('stopped: what the pruner saw, and whom it was compared with', () => {
    assert.match(
      wordsOf(4)['What came of it'],
      /^Stopped by median: At step 2 .* It was compared with trials 0 and 1\.$/,
    );
    assert.match(wordsOf(4)['What it was made from'], /^Generation 2\. Trial 0 gave log loss 0\.9/);
  });

  test('failed: in its own words', () =>
    assert.equal(wordsOf(5)['What came of it'], 'It failed: It ran out of memory.'));

  test('promoted: how much it was given and what it goes on from', () => {
    assert.match(wordsOf(6)['How much it was given'], /^9 of the resource, going on from an earlier trial\. Trial 0/);
  });
});

test('every sampler that speaks of trials is told in sentences', () => {
  for (const sampler of ['tpe', 'gp', 'smac', 'genetic', 'differential-evolution'] as const) {
    const searched = createStudy({ space: { x: { float: [0, 1] }, kind: { choice: ['a', 'b'] } }, sampler, seed: 2 });
    for (let i = 0; i < 24; i++) {
      const asked = searched.ask();
      searched.tell(asked, Math.abs(Number(asked.params.x) - 0.3) + (asked.params.kind === 'a' ? 0 : 1));
    }
    for (const one of searched.trials) {
      for (const { words } of searchWhyWords(whyTrial(searched, one, 'loss'))) {
        assert.match(words, /^\S[\s\S]*[.)]$/, `${sampler} ${one.number}: ${words}`);
        assert.doesNotMatch(words, /undefined|NaN|\[object|\.\./);
      }
    }
  }
});
