import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Engine } from '../../src/engine/index.ts';
import type { Cohort } from '../../src/shared/cohort/cohort.ts';
import { faultWords, UserError } from '../../src/shared/faults.ts';
import type { Input } from '../../src/shared/operations/operations.ts';
import type { CohortRows } from '../../src/shared/results/cohort-rows.ts';
import { type Explanation, rowOf } from '../../src/shared/results/explanation.ts';
import { answerRows, answerTable, folderWith, quickSearch, succeeds, vitrine } from './command-line.ts';

describe('cohorts', () => {
  const name = 'search.vitrine.yaml';
  const folder = folderWith({
    'rows.csv': answerTable(answerRows(500)),
    [name]: `data: {path: rows.csv, target: answer}\n${quickSearch}`,
  });
  const file = resolve(folder, name);
  const engine = new Engine();
  const explained = (input: Omit<Input<'trial.explain'>, 'file' | 'trial'>) =>
    engine.call('trial.explain', { file, trial: 'best', ...input });
  before(async () => {
    await succeeds(folder, 'run', name);
  });
  after(() => engine.close());

  it('the command tells how well the rows are predicted, and keeps the cohort by a name', async () => {
    const told = await succeeds(folder, 'cohort', name, '--where', 'x > 0', '--keep', 'right half', '--json');
    const { cohort, rows, metrics }: CohortRows = JSON.parse(told);
    assert.equal(cohort.words, 'x above 0');
    assert.ok(cohort.rows > 10 && cohort.rows < cohort.of);
    assert.equal(rows.length, cohort.rows);
    assert.ok(metrics.some((one) => one.name === 'accuracy'));
    const kept: Cohort[] = (await engine.call('cohort.list', { file })).cohorts.slice();
    assert.deepEqual(kept, [{ name: 'right half', conditions: cohort.conditions }]);
  });

  it('the command explains the rows of a cohort only, and says so', async () => {
    const words = await succeeds(folder, 'explain', name, '--kind', 'decisions', '--where', 'x > 0');
    assert.match(words, /Cohort: x above 0 \(\d+ of \d+ rows of the part\)\./);
  });

  it('what is explained of a cohort is kept apart from what is explained of all rows', async () => {
    const kind = 'permutation-importance';
    const [all] = (await explained({ kind })).results;
    const [some] = (await explained({ kind, cohort: 'right half', where: ['y <= 0.5'] })).results;
    assert.equal(all.cohort, undefined);
    assert.equal(some.cohort?.words, 'x above 0 and y at most 0.5');
    assert.ok(some.cohort.rows < some.cohort.of);
    const [again] = (await explained({ kind, where: ['y <= 0.5', 'x > 0'] })).results;
    assert.deepEqual(again, some, 'in whatever order its conditions are said');
    const { explanations } = await engine.call('trial.show', { file, trial: 'best' });
    assert.ok(explanations.every(({ cohort }) => cohort === undefined));
    const detail = await engine.call('cohort.show', { file, trial: 'best', where: ['x > 0 and y <= 0.5'] });
    assert.deepEqual(detail.explanations, [some]);
  });

  it('a row that is not asked for by its number is one of the cohort', async () => {
    const where = ['x < -1'];
    const { rows } = await engine.call('cohort.show', { file, trial: 'best', where });
    const [local] = (await explained({ kind: 'examples', where })).results;
    assert.ok(rows.rows.some(({ rowIndex }) => rowIndex === rowOf(local as Explanation)));
    assert.equal(local.cohort, undefined);
  });

  it('an attack is on the rows of a cohort', async () => {
    const { rows } = await engine.call('cohort.show', { file, trial: 'best', cohort: 'right half' });
    const report = await engine.call('trial.attack', { file, trial: 'best', cohort: 'right half' });
    assert.equal(report.cohort?.words, 'x above 0');
    const places = new Set(rows.rows.map(({ rowIndex }) => rowIndex));
    assert.ok(report.examples.every(({ rowIndex }) => places.has(rowIndex)));
  });

  it('all techniques at once say the ones that the cohort is too small for', async () => {
    const { results, failures } = await explained({ where: ['x > 1.6'] });
    assert.ok(results.length > 0);
    const slices = failures.find(({ kind }) => kind === 'slices');
    assert.match(slices?.words ?? '', /needs at least 10 rows, and the cohort "x above 1\.6" has \d\. Widen/);
  });

  const refused: readonly (readonly [title: string, input: Parameters<typeof explained>[0], message: RegExp])[] = [
    ['an empty cohort', { where: ['x > 99'] }, /empty: none of the \d+ rows .*"x above 99".* Widen/],
    ['a wrong type', { where: ['x = red'] }, /"red" is no number/],
    [
      'a cohort that is not kept',
      { cohort: 'right hal' },
      /no cohort "right hal" is kept\. Did you mean "right half"\?/,
    ],
    ['a row that is not there', { cohort: [{ kind: 'rows', positions: [99_999] }] }, /there is no row 99999/],
  ];
  for (const [title, input, message] of refused)
    it(`says what is wrong with ${title}`, async () => {
      await assert.rejects(explained(input), (error) => {
        assert.ok(error instanceof UserError, String(error));
        assert.match(faultWords(error), message);
        return true;
      });
    });

  it('the command says what is wrong with an unknown column, and where', async () => {
    const { code, err } = await vitrine(folder, 'explain', name, '--where', 'xx > 0');
    assert.equal(code, 1);
    assert.match(
      err,
      /search\.vitrine\.yaml: in "xx > 0", at character 1: there is no column "xx"\. Did you mean "x"\?/,
    );
  });

  it('a cohort is forgotten', async () => {
    assert.deepEqual(await engine.call('cohort.forget', { file, name: 'right half' }), { cohorts: [] });
  });
});
