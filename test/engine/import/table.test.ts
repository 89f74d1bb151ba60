import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readStudies } from '../../../src/engine/import/read-studies.ts';
import { studyCsv } from '../../../src/engine/import/study-csv.ts';
import { UserError } from '../../../src/shared/faults.ts';
import type { ImportWishes } from '../../../src/shared/study-address.ts';
import { fixtures, signal } from './fixture-files.ts';

describe('a table of trials', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-table-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = async (text: string, wishes: ImportWishes = {}) => {
    const path = join(folder, 'runs.csv');
    writeFileSync(path, text);
    return (await readStudies(path, wishes, signal)).studies[0];
  };

  it('infers the value by its name, says so, and takes the rest for parameters', async () => {
    const { objectives, trials, space, notes } = await read(
      'lr,layers,fast,val_loss\n0.001,1,True,0.5\n0.5,3,False,0.25\n',
    );
    assert.deepEqual(objectives, [{ metric: 'val_loss', direction: 'minimize' }]);
    assert.deepEqual(trials[0].params, { lr: 0.001, layers: 1, fast: true });
    assert.deepEqual(space.parameters[0].distribution, { type: 'float', low: 0.001, high: 0.5, log: true });
    assert.deepEqual(space.parameters[1].distribution, { type: 'int', low: 1, high: 3 });
    assert.match(notes[0], /follows from the names: val_loss \(lower is better\)/);
    assert.match(notes[1], /Parameters: lr, layers, fast/);
  });

  it('takes the columns and directions that a person names', async () => {
    const wishes: ImportWishes = { values: ['b', 'a'], directions: ['maximize', 'minimize'] };
    const { objectives, trials } = await read('x,a,b\n1,2,3\n', wishes);
    assert.deepEqual(objectives, [
      { metric: 'b', direction: 'maximize' },
      { metric: 'a', direction: 'minimize' },
    ]);
    assert.deepEqual([trials[0].values, trials[0].params], [[3, 2], { x: 1 }]);
  });

  it("reads Optuna's data frame: several values, states, times, attributes", async () => {
    const { objectives, trials } = await read(
      'number,values_0,values_1,datetime_start,datetime_complete,duration,params_x,user_attrs_who,system_attrs_grid,state\n' +
        '1,,,2026-01-01 00:00:02,,,0.5,me,3,FAIL\n0,1.5,2.5,2026-01-01 00:00:00,2026-01-01 00:00:01.5,1.5,0.25,you,4,COMPLETE\n',
    );
    assert.equal(objectives.length, 2);
    assert.deepEqual(
      trials.map(({ state }) => state),
      ['complete', 'failed'],
    );
    assert.equal(Number(trials[0].endedAt) - Number(trials[0].startedAt), 1500);
    assert.deepEqual(trials[0].params, { x: 0.25 });
    assert.deepEqual(trials[0].attributes, { who: 'you' });
  });

  it('keeps values that are no numbers as failures in words', async () => {
    const { trials } = await read('x,value\n1,nan\n2,inf\n3,\n4,0.5\n');
    assert.deepEqual(
      trials.map(({ state }) => state),
      ['failed', 'failed', 'failed', 'complete'],
    );
    assert.match(trials[1].message ?? '', /Infinity/);
    for (const { message } of trials.slice(0, 3)) assert.match(message ?? '', /no value/);
  });

  it('holds conditional parameters: an empty cell is a parameter that the trial has not', async () => {
    const { space, trials } = await read('kind,depth,value\ntree,3,1\nlinear,,2\ntree,5,3\nlinear,,4\n');
    assert.deepEqual(space.parameters[1].when, [{ parameter: 'kind', oneOf: ['tree'] }]);
    assert.deepEqual(trials[1].params, { kind: 'linear' });
  });

  it('says which trials no condition explains, and keeps them', async () => {
    const { trials, notes } = await read('kind,depth,value\ntree,3,1\nlinear,,2\ntree,,3\nlinear,,4\ntree,4,5\n');
    assert.equal(trials.length, 5);
    assert.ok(notes.some((note) => note.startsWith('1 trial (2) lies outside of the space')));
  });

  it('that names no value asks which it is, with what there is', async () => {
    await assert.rejects(read('x,y\n1,2\n'), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'import-values');
      assert.match(error.advice ?? '', /--value NAME.*x, y/);
      return true;
    });
    await assert.rejects(read('value\n1\n'), /no column is left for parameters/);
    await assert.rejects(read('name,value\na,b\n'), /which number was searched for/);
  });

  it('that we wrote comes back with its values, parameters, constraints and intermediate values', async () => {
    const { studies } = await readStudies(join(fixtures, 'optuna-5.db'), {}, signal);
    for (const study of studies.slice(0, 2)) {
      const back = await read(studyCsv(study));
      for (const [i, trial] of back.trials.entries()) {
        const { state, values, constraints, intermediate, startedAt } = study.trials[i];
        assert.deepEqual(
          [trial.state, trial.values, trial.intermediate, trial.startedAt],
          [state, values, intermediate, startedAt],
        );
        assert.deepEqual(trial.constraints, constraints);
      }
      assert.deepEqual(
        back.objectives.map(({ metric }) => metric),
        study.objectives.map(({ metric }) => metric),
      );
    }
  });
});
