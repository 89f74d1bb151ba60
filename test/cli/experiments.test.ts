import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { StudySnapshot, TrialDetail } from '../../src/shared/results/study.ts';
import type { TrialRecord } from '../../src/shared/trial.ts';
import { answerRows, answerTable, folderWith, quickSearch, succeeds } from './command-line.ts';

const file = 'e.vitrine.yaml';
const data = answerTable(answerRows(90));
const search = (data: string) => `data: ${data}\n${quickSearch}`;

interface Answer {
  readonly snapshot: StudySnapshot;
  readonly best: TrialDetail;
}

async function run(files: Readonly<Record<string, string>>, ...words: string[]): Promise<Answer & { folder: string }> {
  const folder = folderWith(files);
  return { folder, ...(JSON.parse(await succeeds(folder, 'run', file, '--json', ...words)) as Answer) };
}

const trialsOf = async (folder: string): Promise<TrialRecord[]> =>
  JSON.parse(await succeeds(folder, 'trials', file, '--format', 'json'));

describe('experiments of every kind end with a scored winner', { concurrency: 2 }, () => {
  it('regression, predicted as one column', async () => {
    const table = `a,b,price\n${Array.from({ length: 80 }, (_, i) => `${i},${(i * 37) % 11},${3 * i + ((i * 37) % 11)}`).join('\n')}\n`;
    const yaml = search('{path: data.csv, target: price}').replace('logistic', 'ridge');
    const { folder, snapshot, best } = await run({ 'data.csv': table, [file]: yaml });
    assert.deepEqual(snapshot.objectives, [{ metric: 'rmse', direction: 'minimize' }]);
    assert.equal(best.trial.learner, 'ridge');
    assert.ok((best.trial.testMetrics?.r2 ?? 0) > 0.99);
    await succeeds(folder, 'predict', file, 'data.csv', '-o', 'out.csv');
    const [head, first, ...rest] = readFileSync(join(folder, 'out.csv'), 'utf8').trimEnd().split('\n');
    assert.equal(head, 'prediction');
    assert.ok(Number.isFinite(Number(first)));
    assert.equal(rest.length, 79);
  });

  it('several classes, with gaps in every column and infinities', async () => {
    const rows = answerRows(120, (row) => ['low', 'mid', 'high'][row % 3]).map((row, i) => {
      const [x, y, answer] = row.split(',');
      const gap = (cell: string, at: number) => ((i + at) % 9 === 0 ? '' : cell);
      return [i === 4 ? 'inf' : i === 5 ? 'NaN' : gap(x, 0), gap(y, 3), '', (i + 6) % 40 === 0 ? '' : answer].join(',');
    });
    const table = `x,y,nothing,answer\n${rows.join('\n')}\n`;
    const { snapshot, best } = await run({
      'data.csv': table,
      [file]: search('{path: data.csv, target: answer}'),
    });
    assert.deepEqual(snapshot.data?.classes?.toSorted(), ['high', 'low', 'mid']);
    assert.ok(best.trial.testMetrics?.log_loss);
    const notes = snapshot.notes.join('\n');
    assert.match(notes, /infinit/i);
    assert.match(notes, /"nothing"/);
    assert.match(notes, /3 of 120 rows are dropped, since "answer" is missing there/);
  });

  it('groups stay in one part', async () => {
    const grouped = `who,x,y,answer\n${answerRows(90)
      .map((row, i) => `p${i % 15},${row}`)
      .join('\n')}\n`;
    const { best } = await run({ 'data.csv': grouped, [file]: search('{path: data.csv, target: answer, group: who}') });
    assert.ok(best.trial.testMetrics?.accuracy);
  });

  it('later rows are judged by models fitted on earlier ones', async () => {
    const dated = answerRows(90).map((row, i) => `2024-01-${String(1 + (i % 28)).padStart(2, '0')},${row}`);
    const { best, snapshot } = await run({
      'data.csv': `day,x,y,answer\n${dated.join('\n')}\n`,
      [file]: search('{path: data.csv, target: answer, time: day, split: {validation: {folds: 3}}}'),
    });
    assert.ok(best.trial.testMetrics?.accuracy);
    assert.equal(snapshot.data?.columns.find(({ name }) => name === 'day')?.role, 'time');
  });

  it('a test file of its own, and none', async () => {
    const held = answerTable(answerRows(40));
    const { best } = await run({
      'data.csv': data,
      'held.csv': held,
      [file]: search('{path: data.csv, target: answer, split: {test: held.csv}}'),
    });
    assert.ok((best.trial.testMetrics?.accuracy ?? 0) > 0.7);
    const without = await run({
      'data.csv': data,
      [file]: search('{path: data.csv, target: answer, split: {test: none}}'),
    });
    assert.equal(without.best.trial.testMetrics, undefined);
    assert.equal(without.snapshot.run, 'finished');
    const words = await succeeds(without.folder, 'run', file, '--trials', '1');
    assert.doesNotMatch(words, /test (log loss|accuracy)|undefined/);
  });

  it('architecture search: graphs, and children that name their parents', async () => {
    const { folder } = await run({
      'data.csv': data,
      [file]: `data: {path: data.csv, target: answer, split: {validation: {holdout: 0.3}}}
learners: [mlp]
nas: evolution
search: {workers: 1}
budget: {trials: 6}
explain: none
robustness: none
`,
    });
    const networks = (await trialsOf(folder)).filter(({ learner }) => learner === 'mlp');
    assert.ok(networks.length >= 4);
    for (const { graph, number } of networks) assert.ok((graph?.nodes.length ?? 0) >= 3, `trial ${number}`);
  });

  it('several objectives: every trial has all values, and the front is flagged', async () => {
    const { folder, snapshot } = await run({
      'data.csv': data,
      [file]: `${search('{path: data.csv, target: answer}')}objectives: [log_loss, model_size]\n`,
    });
    for (const { values } of snapshot.leaderboard) assert.equal(values.length, 2);
    const front = snapshot.leaderboard.filter(({ onParetoFront }) => onParetoFront);
    const others = snapshot.leaderboard.filter(({ onParetoFront }) => !onParetoFront);
    assert.ok(front.length > 0);
    const words = await succeeds(folder, 'run', file, '--trials', '1');
    assert.match(words, /^#\s+trial\s+learner\s+log loss\s+model size\s+Pareto front\s+test log loss/m);
    assert.match(words, /^1 .* [\d.]+ k?B\s+yes /m);
    const beats = (a: readonly number[], b: readonly number[]) =>
      a.every((v, i) => v <= b[i]) && a.some((v, i) => v < b[i]);
    for (const { values } of front) assert.ok(!snapshot.leaderboard.some((row) => beats(row.values, values)));
    for (const { values } of others) assert.ok(front.some((row) => beats(row.values, values)));
  });

  for (const [limit, amount, unit] of [
    ['energy', '0.000001Wh', /Wh/],
    ['co2', '0.000001g', /g/],
    ['cost', '0.000000001 EUR', /EUR/],
  ] as const) {
    it(`a budget of ${limit} ends the search`, async () => {
      const yaml = search('{path: data.csv, target: answer}').replace('{trials: 4}', `{${limit}: ${amount}}`);
      const { snapshot } = await run({ 'data.csv': data, [file]: yaml });
      assert.equal(snapshot.run, 'finished');
      assert.equal(snapshot.counts.complete, 1);
      assert.equal(snapshot.budget[0].limit, limit);
      assert.match(snapshot.message, new RegExp(`budget is used up: .*${unit.source} of .*${unit.source}\\.$`));
      assert.doesNotMatch(snapshot.message, /\de-\d/);
    });
  }

  it('the same seed and one worker give the same trials; another seed gives others', async () => {
    const yaml = search('{path: data.csv, target: answer}').replace('trials: 4', 'trials: 6');
    const files = { 'data.csv': data, [file]: yaml };
    const outcome = async (seed: string) => {
      const { folder } = await run(files, '--workers', '1', '--seed', seed);
      return (await trialsOf(folder)).map(({ number, params, values }) => ({ number, params, values }));
    };
    const [first, second, other] = [await outcome('3'), await outcome('3'), await outcome('4')];
    assert.deepEqual(first, second);
    assert.notDeepEqual(first, other);
  });

  it('data that changed begins another study; the same data goes on', async () => {
    const { folder } = await run({ 'data.csv': data, [file]: search('{path: data.csv, target: answer}') });
    await succeeds(folder, 'run', file);
    assert.equal((await trialsOf(folder)).length, 8);
    writeFileSync(join(folder, 'data.csv'), answerTable(answerRows(60)));
    await succeeds(folder, 'run', file);
    assert.equal((await trialsOf(folder)).length, 4);
  });
});
