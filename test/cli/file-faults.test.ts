import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerRows, answerTable, folderWith, vitrine } from './command-line.ts';

interface Fault {
  readonly name: string;
  /** Stands below `data: {path: data.csv, target: answer}`, which is line 1. */
  readonly yaml: string;
  /** Line and column of the fault. */
  readonly at: string;
  readonly says: readonly RegExp[];
}

const faults: readonly Fault[] = [
  { name: 'unknown key', yaml: 'budgett: {time: 10m}', at: '2:1', says: [/budgett/, /Did you mean.*budget/] },
  { name: 'unknown key inside', yaml: 'search: {sampler: tpe, sead: 2}', at: '2:24', says: [/sead/, /seed/] },
  { name: 'wrong type', yaml: 'budget: {trials: many}', at: '2:18', says: [/trials/, /number/] },
  { name: 'misspelt choice', yaml: 'search: {sampler: tp}', at: '2:19', says: [/Did you mean.*tpe/] },
  { name: 'negative budget', yaml: 'budget: {trials: -3}', at: '2:18', says: [/trials/, /above 0|at least 1/] },
  { name: 'budget of no time', yaml: 'budget: {time: 0s}', at: '2:16', says: [/more than zero/] },
  { name: 'budget that cannot be read', yaml: 'budget: {time: soon}', at: '2:16', says: [/soon/, /10m|60s/] },
  {
    name: 'low above high',
    yaml: 'space:\n  boosting: {leaves: {int: [8, 2]}}',
    at: '3:28',
    says: [/lowest value 8 is above its highest 2/],
  },
  {
    name: 'logarithm of a bound that is not positive',
    yaml: 'space:\n  boosting: {learning_rate: {float: [0, 0.3], log: true}}',
    at: '3:38',
    says: [/log/, /above (0|zero)/],
  },
  {
    name: 'a condition on a hyperparameter that does not exist',
    yaml: 'space:\n  mlp: {momentum: {float: [0, 0.9], when: {optimiser: sgd}}}',
    at: '3:44',
    says: [/optimiser/, /Did you mean.*optimizer|no hyperparameter/],
  },
  {
    name: 'conditions in a circle',
    yaml: 'space:\n  boosting:\n    leaves: {int: [4, 64], when: {min_leaf_rows: [5]}}\n    min_leaf_rows: {int: [2, 20], when: {leaves: [8]}}',
    at: '4:28',
    says: [/circle: leaves -> min_leaf_rows -> leaves/],
  },
  { name: 'tabs', yaml: 'budget:\n\ttrials: 3', at: '3:1', says: [/tab/i, /spaces/] },
  { name: 'no grid of that name', yaml: 'energy: {region: FRANC}', at: '2:18', says: [/FRANC/, /Did you mean "FRA"/] },
  {
    name: 'an objective of another task',
    yaml: 'objectives: [rmse]',
    at: '2:14',
    says: [/rmse/, /binary/],
  },
  { name: 'a learner of another task', yaml: 'learners: [ridge]', at: '2:12', says: [/ridge/] },
];

const data = answerTable(answerRows(30));
const file = 'small.vitrine.yaml';
const lineOne = 'data: {path: data.csv, target: answer}';

describe('a fault of the experiment file is told at its line and column', { concurrency: 2 }, () => {
  for (const { name, yaml, at, says } of faults) {
    it(name, async () => {
      const folder = folderWith({ 'data.csv': data, [file]: `${lineOne}\n${yaml}\n` });
      const { code, out, err } = await vitrine(folder, 'run', file);
      assert.equal(code, 1, out + err);
      const lines = err.trimEnd().split('\n');
      assert.ok(lines[0].startsWith(`error: ${file}:${at}: `), err);
      for (const pattern of says) assert.match(lines[0], pattern);
      assert.equal(lines.length, 1, `one line:\n${err}`);
      assert.equal(out, '');
    });
  }

  it('tells every fault at once, in the order of the file', async () => {
    const yaml = `${lineOne}\nlearners: [tre]\nbudget: {time: soon, trials: 0}\n`;
    const { code, out } = await vitrine(folderWith({ 'data.csv': data, [file]: yaml }), 'check', file);
    assert.equal(code, 1);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => /^error: small\.vitrine\.yaml:(\d+:\d+): /.exec(line)?.[1]),
      ['2:12', '3:16', '3:30'],
    );
  });

  it('lets warnings pass', async () => {
    const yaml = `${lineOne}\nobjectives: [{metric: log_loss, direction: maximize}]\n`;
    const { code, out } = await vitrine(folderWith({ 'data.csv': data, [file]: yaml }), 'check', file);
    assert.equal(code, 0);
    assert.match(out, /^warning: small\.vitrine\.yaml:2:\d+: .*\[unusual-direction\]$/m);
  });

  it('says that there is no such experiment file, and how to make one', async () => {
    for (const words of [['run'], ['check'], ['trials'], ['explain'], ['energy'], ['report']]) {
      const { code, err } = await vitrine(folderWith({}), ...words, 'gone.vitrine.yaml');
      assert.equal(code, 1, words[0]);
      assert.match(err, /^error: gone\.vitrine\.yaml: .*file.*(Check the path|vitrine init)/, words[0]);
      assert.equal(err.trimEnd().split('\n').length, 1);
    }
  });

  it('exits with 1 where the command line itself is wrong', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: `${lineOne}\n` });
    const wrong = [
      ['rn', file],
      ['run'],
      ['run', file, '--trials', '0'],
      ['run', file, '--budget', 'soon'],
      ['trials', file, '--format', 'xml'],
    ];
    for (const words of wrong) {
      const { code, err } = await vitrine(folder, ...words);
      assert.equal(code, 1, words.join(' '));
      assert.match(err, /^error: /);
      assert.doesNotMatch(err, /\n\s+at /);
    }
  });
});
