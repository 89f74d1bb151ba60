import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { awesomeResults, rankedSuspicions } from '../../../src/engine/checks/awesome-results.ts';
import { judgedLosses } from '../../../src/engine/checks/judged-losses.ts';
import { groupSplit, ignoreColumn } from '../../../src/engine/checks/remedies.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { awesomeResultsWords } from '../../../src/shared/results/awesome-results.ts';
import type { DataFinding } from '../../../src/shared/results/data-findings.ts';
import { parted, sound } from './tables.ts';

const losses = { metric: 'log loss', model: 0.02, constant: 0.69, simple: 0.4, rows: 400 };
const finding = (
  check: string,
  value: number,
  columns: readonly string[] = [],
  more: Partial<DataFinding> = {},
): DataFinding => ({
  check,
  severity: 'error',
  message: `${check} of ${value}.`,
  columns,
  evidence: { measure: 'share', value, threshold: 0.5 },
  remedies: columns.map(ignoreColumn),
  ...more,
});

describe('what a score is held to', () => {
  const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 0.02, `${actual}`);

  it('is the constant and a tree of three questions, fitted on the development part', async () => {
    const { development, test } = parted(sound(600));
    const sure: Predictor = {
      task: 'binary',
      classes: ['no', 'yes'],
      async predict(rows) {
        const { target } = test!;
        const values = new Float64Array(2 * rows.rowCount);
        if (target.kind === 'classes') for (const [row, code] of target.codes.entries()) values[2 * row + code] = 1;
        return { kind: 'probabilities', classCount: 2, values };
      },
    };
    const { signal } = new AbortController();
    const found = await judgedLosses(sure, development, test!, { seed: 1, signal });
    assert.deepEqual([found.metric, found.model, found.rows], ['log loss', 0, 120]);
    near(found.constant, Math.LN2);
    assert.ok(found.simple! > 0.2 && found.simple! < 0.6, `${found.simple}`);
    assert.equal(awesomeResults(found, { findings: [] })?.gain, 1);
  });
});

describe('awesome results', () => {
  it('say nothing of a score that is not near perfect', () => {
    assert.equal(
      awesomeResults({ ...losses, model: 0.2 }, { findings: [finding('target-leak', 0.95, ['leak'])] }),
      null,
    );
  });

  it('name the leaking column first, then known test rows, each with its experiment', () => {
    const found = awesomeResults(losses, {
      findings: [finding('shared-rows', 0.06), finding('target-leak', 0.95, ['leak'])],
    });
    assert.deepEqual(
      found?.suspicions.map(({ cause }) => cause),
      ['leaking column', 'rows in both parts'],
    );
    assert.deepEqual(found?.suspicions[0].experiment.edit, { how: 'add', key: ['data', 'ignore'], value: 'leak' });
    const words = awesomeResultsWords(found!);
    assert.match(
      words,
      /^Awesome results\? You probably have an issue: find it!\n97\.1 % of the constant's loss is gone/,
    );
    assert.match(words, /\n1\. Leaking column \(could explain 98 %\): .* To test it: .*"leak" under `ignore`/);
  });

  it('a column that leaks because it names the group is the group; near copies follow from it', () => {
    const group = finding('group-leak', 0.9, ['patient'], { remedies: [groupSplit('patient')] });
    const found = rankedSuspicions(losses, [
      finding('target-leak', 0.95, ['patient']),
      finding('near-duplicates', 0.9),
      group,
    ]);
    assert.deepEqual(
      found.map(({ cause }) => cause),
      ['groups in both parts', 'near duplicates'],
    );
    assert.equal(found[0].experiment.edit?.key.join('.'), 'data.group');
  });

  it('without a defect: the column that carries the model, or a task that a simple model does', () => {
    const [first] = rankedSuspicions(losses, [], [{ column: 'stage', share: 0.9 }]);
    assert.deepEqual([first.cause, first.columns], ['dominant column', ['stage']]);
    const [easy] = rankedSuspicions({ ...losses, simple: 0.04 }, []);
    assert.deepEqual([easy.cause, easy.experiment.edit?.value], ['easy task', ['tree']]);
    assert.deepEqual(rankedSuspicions(losses, []), []);
    assert.match(awesomeResultsWords(awesomeResults(losses, { findings: [] })!), /No check found a cause/);
  });

  it('notes are no suspicion', () => {
    assert.deepEqual(rankedSuspicions(losses, [finding('duplicates', 0.3, [], { severity: 'note' })]), []);
  });
});
