import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkData, checksNamed } from '../../../src/engine/checks/check-data.ts';
import type { DataCheck } from '../../../src/engine/checks/data-check.ts';
import { dataChecks } from '../../../src/engine/checks/registry.ts';
import type { Column } from '../../../src/engine/data/table.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { dataFindingsWords, worstFindingWords } from '../../../src/shared/results/data-findings.ts';
import { dataCheckChecks, stopsOnSignal } from './conformance.ts';
import { category, classesBy, dataset, numeric, parted, sound, soundTable } from './tables.ts';

const { signal } = new AbortController();

describe('every data check', () => {
  for (const check of dataChecks) {
    for (const [promise, holds] of Object.entries(dataCheckChecks)) it(`${check.name}: ${promise}`, () => holds(check));
    it(`${check.name}: stops on the signal`, () => stopsOnSignal(check));
  }

  it('is looked at: a check that cries wolf, forgets its name or writes to its input is caught', async () => {
    const finding = {
      check: 'other',
      severity: 'warning',
      message: 'Something.',
      columns: [],
      evidence: { measure: 'x', value: Number.NaN, threshold: 0 },
      remedies: [],
    } as const;
    const bad: DataCheck = {
      name: 'bad',
      title: 'bad',
      asks: 'Nothing',
      cost: 'model',
      async run({ development }) {
        const [column] = development.features.columns;
        if (column.kind === 'numeric') column.values[0]++;
        return { findings: [finding] };
      },
    };
    for (const promise of [
      'has a name, a title and a question',
      'finds nothing in sound data',
      'findings survive JSON and are whole',
      'leaves its inputs as they are',
    ]) {
      await assert.rejects(dataCheckChecks[promise](bad), { name: 'AssertionError' }, promise);
    }
    await assert.rejects(stopsOnSignal(bad), { name: 'AssertionError' });
  });
});

describe('all data checks together', () => {
  it('say what was found, the worst first, and what was not checked and why', async () => {
    const { columns, score } = soundTable(200);
    const leak = numeric('leak', score);
    const data = { ...parted(dataset([...columns, leak], classesBy(score))), test: null };
    const checks = checksNamed(['missing', 'shared-rows', 'target-leak']);
    const seen: number[] = [];
    const result = await checkData(data, { seed: 1, checks, signal, progress: (share) => seen.push(share) });
    assert.deepEqual(
      result.findings.map(({ check, severity, columns: about }) => [check, severity, about]),
      [['target-leak', 'error', ['leak']]],
    );
    assert.deepEqual(result.skipped, [
      { check: 'shared-rows', title: 'Rows in both parts', why: 'no rows are kept for a final score.' },
    ]);
    assert.deepEqual(result.findings[0].remedies[0].edit, { how: 'add', key: ['data', 'ignore'], value: 'leak' });
    assert.equal(seen.at(-1), 1);
    assert.match(dataFindingsWords(result), /^2 data checks: 1 error\.\nerror: "leak" by itself takes away \d+ %/);
    assert.match(worstFindingWords(result) ?? '', /^1 error\. "leak"/);
  });

  it('say nothing of texts and images that quick models do not read', async () => {
    const { score } = soundTable(200);
    const texts = {
      ...category(
        'review',
        score.map((_, row) => row),
        score.map((_, row) => `review number ${row}`),
      ),
      type: 'text',
    } as const;
    const data = parted(dataset([texts as Column], classesBy(score)));
    const { findings, skipped } = await checkData(data, { seed: 1, signal });
    assert.deepEqual(
      findings.map(({ check }) => check),
      ['small-test'],
    );
    const unread = skipped.filter(({ why }) => why.includes('neither texts nor images')).map(({ check }) => check);
    assert.deepEqual(unread, ['adversarial', 'label-errors', 'little-to-learn']);
  });

  it('give back what they know once time is up', async () => {
    let asked = 0;
    const checks = checksNamed(['constant', 'skew', 'missing']);
    const result = await checkData(parted(sound(60)), { seed: 1, checks, signal, enough: () => ++asked > 1 });
    assert.equal(result.done.length, 1);
    assert.match(result.partial ?? '', /^2 checks of 3 were not made/);
  });

  it('refuse a name that is none', () => {
    assert.throws(
      () => checksNamed(['leak']),
      (error: unknown) => error instanceof UserError && /target-leak/.test(error.advice ?? ''),
    );
  });

  it('look at a sample of 100,000 rows and of 5,000 columns, and say so', async () => {
    const tall = await checkData(parted(sound(100_000)), {
      seed: 1,
      checks: checksNamed(['target-leak', 'outliers', 'drift']),
      signal,
    });
    assert.deepEqual(tall.findings, []);
    assert.deepEqual(
      tall.done.map(({ sampled }) => sampled?.slice(0, 25)),
      ['looked at 5,000 of 80,000', 'looked at 2,000 of 80,000', 'looked at 20,000 of 80,00'],
    );
    const { score } = soundTable(100);
    const wide = soundTable(100, 2, 5000).columns;
    const result = await checkData(parted(dataset(wide, classesBy(score))), { seed: 1, signal });
    assert.equal(result.findings.filter(({ severity }) => severity === 'error').length, 0);
    assert.match(result.done.find(({ check }) => check === 'outliers')?.sampled ?? '', /200 of 5,001 columns/);
  });
});
