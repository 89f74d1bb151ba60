import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { members } from '../../../src/engine/explain/members.ts';
import type { Combined } from '../../../src/engine/models/combined.ts';
import type { Prediction, Predictor } from '../../../src/engine/models/predictor.ts';
import { membersWords } from '../../../src/shared/results/members.ts';
import { fixtures } from './fixtures.ts';

const [{ data }, , regression] = fixtures;
const truth = data.evaluation.target.kind === 'classes' ? data.evaluation.target.codes : new Int32Array();
const noProgress = () => {};
const never = new AbortController().signal;

/** [rows x 2] probabilities, the second class with these chances. */
const chances = (yes: (row: number) => number): Prediction => ({
  kind: 'probabilities',
  classCount: 2,
  values: Float64Array.from({ length: 2 * truth.length }, (_, i) => {
    const p = yes(i >> 1);
    return i % 2 === 1 ? p : 1 - p;
  }),
});

/** Of rows in the order of the evaluation part: members whose predictions are given, and their mean. */
function combined(answers: readonly Prediction[], shares: readonly number[]): Predictor & Combined {
  const cut = (prediction: Prediction, start: number, rows: number): Prediction => ({
    ...prediction,
    values: prediction.values.slice(2 * start, 2 * (start + rows)),
  });
  const follow = (prediction: Prediction) => {
    let at = 0;
    return async ({ rowCount }: { rowCount: number }) => {
      const part = cut(prediction, at, rowCount);
      at = (at + rowCount) % truth.length;
      return part;
    };
  };
  const together: Prediction = {
    ...answers[0],
    values: answers[0].values.map((_, i) => answers.reduce((sum, { values }, m) => sum + shares[m] * values[i], 0)),
  };
  return {
    task: 'binary',
    classes: ['no', 'yes'],
    predict: follow(together),
    members: answers.map((answer, trial) => ({
      trial,
      learner: 'tree',
      share: shares[trial],
      predict: follow(answer),
    })),
  };
}

const sure = (row: number) => (truth[row] === 1 ? 0.9 : 0.1);
const isHard = (row: number) => row % 10 === 0;

describe('what the members of an ensemble say', () => {
  it('finds the rows that they dispute, and that these are the wrong ones', async () => {
    // One member is right everywhere, the other, which counts more, is wrong on every tenth row.
    const model = combined([chances(sure), chances((row) => (isHard(row) ? 1 - sure(row) : sure(row)))], [0.4, 0.6]);
    const result = await members.explain(model, data, { seed: 1 }, noProgress, never);
    const hard = [...truth.keys()].filter(isHard);
    assert.deepEqual(
      result.disputed.map(({ rowIndex }) => rowIndex).sort((a, b) => a - b),
      hard.slice(0, 10),
    );
    assert.equal(result.consensus?.share, 1 - hard.length / truth.length);
    assert.equal(result.agreement[0][1], result.consensus?.share);
    assert.equal(result.quality.value, 1);
    assert.match(result.quality.words, /^Disagreement points at errors/);
    assert.deepEqual(
      result.members.map(({ share }) => share),
      [0.6, 0.4],
    );
    assert.ok(result.byDispute.most > result.byDispute.least);
    // By hand: the Jensen-Shannon divergence of (0.9, 0.1) and (0.1, 0.9) with weights 0.4 and 0.6.
    const entropy = (p: number) => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
    assert.ok(Math.abs(result.disputed[0].dispute - (entropy(0.42) - entropy(0.1))) < 1e-12);
    assert.match(membersWords(result), /^On 150 rows of the validation part the ensemble has a log loss of /);
  });

  it('finds no dispute among members that say the same', async () => {
    const model = combined([chances(sure), chances(sure)], [0.5, 0.5]);
    const result = await members.explain(model, data, { seed: 1 }, noProgress, never);
    assert.deepEqual(result.disputed, []);
    assert.equal(result.consensus?.share, 1);
    assert.equal(result.quality.value, null);
  });

  it('does not take chance for a warning', async () => {
    // Members differ by chance, and errors have nothing to do with it.
    let pointed = 0;
    for (let seed = 0; seed < 40; seed++) {
      const noise = (row: number, k: number) => Math.abs(Math.sin(12.9898 * (row + 1) * (seed + 1) + 78.233 * k));
      const model = combined(
        [chances((row) => 0.55 + 0.2 * noise(row, 1)), chances((row) => 0.55 + 0.2 * noise(row, 2))],
        [0.5, 0.5],
      );
      const { quality } = await members.explain(model, data, { seed: 1 }, noProgress, never);
      if (/^Disagreement points/.test(quality.words)) pointed++;
    }
    assert.ok(pointed <= 4, `${pointed} of 40`);
  });

  it('has nothing to say of a single model, and says what would', async () => {
    const facts = { parameters: 1, bytes: 1, words: 'a line' };
    assert.match(
      members.unsuited!({ learner: 'ridge', facts, info: data.train.info })!,
      /^ridge is one model: .*Slices/,
    );
    await assert.rejects(
      members.explain(regression.predictor, regression.data, { seed: 1 }, noProgress, never),
      RangeError,
    );
  });
});
