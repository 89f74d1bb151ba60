import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRandom } from '../../src/engine/random.ts';
import { folderWith, succeeds, vitrine } from './command-line.ts';

const file = 'e.vitrine.yaml';

/** The sex decides part of the answer; a model does not see it. */
function table(rows: number): string {
  const random = createRandom(5);
  const lines = Array.from({ length: rows }, () => {
    const sex = random.uniform() < 0.5 ? 'f' : 'm';
    const [merit, height] = [random.normal(), random.normal() + (sex === 'm' ? 2 : -2)];
    const answer = random.uniform() < 1 / (1 + Math.exp(-2 * merit - (sex === 'm' ? 1 : -1))) ? 'yes' : 'no';
    return `${merit.toFixed(3)},${height.toFixed(3)},${sex},x,${answer}`;
  });
  return ['merit,height,sex,same,answer', ...lines].join('\n');
}

const experiment = (more: string) =>
  `data: {path: data.csv, target: answer, ignore: [sex, same], sensitive: [sex], split: {validation: {folds: 2}}}
learners: [logistic]
search: {workers: 1, sampler: random}
budget: {trials: 3}
objectives: [accuracy]
explain: none
robustness: none
ensemble: none
${more}`;

test('faults of fairness are told with their place', async () => {
  const folder = folderWith({ 'data.csv': table(80), [file]: experiment('constraints:\n  - fairness(sx) <= 0.1\n') });
  const { code, err, out } = await vitrine(folder, 'check', file);
  assert.equal(code, 1);
  assert.match(`${out}${err}`, /e\.vitrine\.yaml:10:5.*The data has no column "sx"\. Did you mean "sex"\?/s);
  writeFileSync(join(folder, file), experiment('constraints:\n  - fairness(same) <= 0.1\n'));
  const same = await vitrine(folder, 'check', file);
  assert.match(
    `${same.out}${same.err}`,
    /e\.vitrine\.yaml:10:5.*"same" is the same in every row: there are no groups/s,
  );
});

test('a search with thresholds for each group says what they cost; predicting needs the column', async () => {
  const folder = folderWith({
    'data.csv': table(700),
    [file]: experiment('mitigation: [reweight, thresholds]\nconstraints: ["fairness(sex) <= 0.15"]\n'),
  });
  const printed = await succeeds(folder, 'run', file);
  assert.match(printed, /gives "yes" by a threshold for each group of sex: /);
  assert.match(printed, /treat people differently by their group; where you are, that may be unlawful/);
  assert.match(
    printed,
    /What treating groups alike costs\n.*keep the demographic parity difference by sex within 0\.15/,
  );
  const predicted = await vitrine(folder, 'predict', file, 'data.csv', '-o', 'p.csv');
  assert.equal(predicted.code, 0, predicted.err);
  assert.match(`${predicted.out}${predicted.err}`, /threshold for each group of "sex"/);
  const { code, err } = await vitrine(folder, 'predict', file, withoutSex(folder), '-o', 'q.csv');
  assert.equal(code, 1);
  assert.match(err, /decides by a threshold for each group of "sex", and there is no such column here/);
});

function withoutSex(folder: string): string {
  const lines = readFileSync(join(folder, 'data.csv'), 'utf8').split('\n');
  writeFileSync(join(folder, 'blind.csv'), lines.map((line) => line.split(',').slice(0, 2).join(',')).join('\n'));
  return 'blind.csv';
}
