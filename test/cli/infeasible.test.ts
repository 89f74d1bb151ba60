import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerRows, answerTable, folderWith, quickSearch, succeeds, vitrine } from './command-line.ts';

const file = 'e.vitrine.yaml';
const project = (more: string) =>
  folderWith({
    'data.csv': answerTable(answerRows(60)),
    [file]: `data: {path: data.csv, target: answer, split: {validation: {folds: 2}}}\n${quickSearch}${more}`,
  });

test('a search whose constraints no trial keeps has no best trial anywhere, and says why', async () => {
  const folder = project('constraints: [model_size <= 1B]\n');
  const printed = await succeeds(folder, 'run', file);
  assert.match(
    printed,
    /No trial keeps every constraint, so none is the best: model_size <= 1B is broken by (\d+) of \1/,
  );
  assert.doesNotMatch(printed, /No trial finished/);
  assert.match(printed, /^#\s+trial\s+learner\s+log loss\s+breaks/m);
  assert.match(printed, /model_size <= 1B, but [\d.]+ ?k?B/);
  assert.match(printed, /^What it cost$/m);
  assert.match(await succeeds(folder, 'trials', file), /breaks 1 constraint/);
  const { best } = JSON.parse(await succeeds(folder, 'run', file, '--json')).snapshot;
  assert.equal(best, null);
  for (const command of [['why'], ['explain'], ['export', '-o', 'm.json'], ['predict', 'data.csv', '-o', 'p.csv']]) {
    const [name, ...rest] = command;
    const { code, err } = await vitrine(folder, name, file, ...rest);
    assert.equal(code, 1, name);
    assert.match(err, /no trial keeps every constraint, so none is the best\. Trial \d+ comes nearest/, name);
  }
});

test('trials that had less of a shared-out resource say how much', async () => {
  const folder = project('');
  const path = join(folder, file);
  writeFileSync(
    path,
    readFileSync(path, 'utf8')
      .replace('seed: 1', 'seed: 1, sampler: asha, resource: folds')
      .replace('folds: 2', 'folds: 3'),
  );
  const printed = await succeeds(folder, 'run', file, '--trials', '6');
  assert.match(printed, /^#\s+trial\s+learner\s+log loss\s+resource/m);
  assert.match(printed, /^1 .*\ball\b/m);
  assert.match(printed, /^\d+\s+\d+\s+(tree|logistic)\s+[\d.]+\s+1 /m);
});
