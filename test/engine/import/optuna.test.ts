import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { readStudies } from '../../../src/engine/import/read-studies.ts';
import type { ImportedStudy } from '../../../src/engine/import/study-importer.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { fixtures, folderWithFixtures, signal } from './fixture-files.ts';

/** What Optuna itself reads from the file (make-optuna.py). */
type Golden = Readonly<
  Record<
    string,
    {
      readonly directions: readonly string[];
      readonly trials: readonly {
        readonly number: number;
        readonly state: string;
        readonly params: Readonly<Record<string, unknown>>;
        readonly values: readonly (number | string)[] | null;
        readonly intermediate: readonly (readonly [number, number])[];
        readonly constraints: readonly number[];
        readonly attributes: Readonly<Record<string, unknown>>;
        readonly start: number | null;
        readonly end: number | null;
      }[];
    }
  >
>;

const states: Readonly<Record<string, string>> = {
  COMPLETE: 'complete',
  PRUNED: 'pruned',
  FAIL: 'failed',
  RUNNING: 'running',
  WAITING: 'waiting',
};
const pythonNone = (value: unknown) => (value === null ? 'None' : value);

/** Every fact of Optuna's own reading, in our terms. */
function compare(study: ImportedStudy, golden: Golden[string]): void {
  assert.deepEqual(
    study.objectives.map(({ direction }) => direction.toUpperCase()),
    golden.directions.map((direction) => (direction === 'NOT_SET' ? 'MINIMIZE' : direction)),
  );
  assert.equal(study.trials.length, golden.trials.length);
  for (const [i, trial] of study.trials.entries()) {
    const told = golden.trials[i];
    const isInfinite = told.state === 'COMPLETE' && told.values?.some((value) => typeof value === 'string') === true;
    assert.equal(trial.state, isInfinite ? 'failed' : states[told.state], `trial ${i}`);
    if (isInfinite) assert.match(trial.message ?? '', /must be a finite number; got Infinity/);
    assert.deepEqual(
      trial.params,
      Object.fromEntries(Object.entries(told.params).map(([name, value]) => [name, pythonNone(value)])),
    );
    assert.deepEqual(trial.values, trial.state === 'complete' ? told.values : undefined);
    assert.deepEqual(
      trial.intermediate.map(({ step, value }) => [step, value]),
      told.intermediate,
    );
    assert.deepEqual(trial.constraints ?? [], trial.state === 'complete' ? told.constraints : []);
    assert.deepEqual(
      trial.attributes,
      Object.fromEntries(
        Object.entries(told.attributes).map(([name, value]) => [
          name,
          Array.isArray(value) ? JSON.stringify(value) : value,
        ]),
      ),
    );
    // Optuna gives back times without their zone, in whole microseconds.
    for (const [ours, theirs] of [
      [trial.startedAt, told.start],
      [trial.endedAt, told.end],
    ]) {
      if (theirs === null) assert.equal(ours, undefined);
      else assert.ok(Math.abs(Number(ours) - Number(theirs) * 1000) < 1, `trial ${i}: ${ours} and ${theirs}`);
    }
  }
}

describe("Optuna's files", () => {
  for (const name of ['optuna-2.3.db', 'optuna-2.10.db', 'optuna-5.db', 'optuna-5.journal']) {
    it(`${name} reads as Optuna reads it`, async () => {
      const golden: Golden = JSON.parse(readFileSync(join(fixtures, `${name}.golden.json`), 'utf8'));
      const { studies } = await readStudies(join(fixtures, name), {}, signal);
      assert.deepEqual(
        studies.map((study) => study.name),
        Object.keys(golden),
      );
      for (const study of studies) compare(study, golden[study.name]);
    });

    it(`${name} has its conditional space: a range that changed holds both, what depends on a choice says so`, async () => {
      const { studies } = await readStudies(join(fixtures, name), {}, signal);
      const { space, notes } = studies[0];
      const network = [{ parameter: 'kind', oneOf: ['network'] }];
      assert.deepEqual(
        Object.fromEntries(space.parameters.map(({ name, distribution, when }) => [name, { ...distribution, when }])),
        {
          kind: { type: 'categorical', choices: ['linear', 'network'], when: undefined },
          rate: { type: 'float', low: 1e-4, high: 1, log: true, when: undefined },
          layers: { type: 'int', low: 1, high: 4, when: network },
          width: { type: 'int', low: 16, high: 64, step: 16, when: network },
          dropout: { type: 'float', low: 0, high: 0.5, step: 0.25, when: network },
          penalty: {
            type: 'categorical',
            choices: ['l1', 'l2', 'None'],
            when: [{ parameter: 'kind', oneOf: ['linear'] }],
          },
        },
      );
      assert.ok(notes.some((note) => /range of 1 parameter \(rate\) changed/.test(note)));
      assert.ok(notes.includes('who: made for a test'));
    });
  }

  it('say which trial a person asked for, and otherwise that nobody knows', async () => {
    const { studies } = await readStudies(join(fixtures, 'optuna-5.db'), {}, signal);
    const [asked, other] = studies[0].trials.map(({ why }) => why);
    assert.equal(asked.phase, 'enqueued');
    assert.equal(other.phase, 'imported');
    assert.match(other.words, /did not write down why/);
  });

  it('name several objectives as the study does', async () => {
    const { studies } = await readStudies(join(fixtures, 'optuna-5.journal'), {}, signal);
    assert.deepEqual(studies[1].objectives, [
      { metric: 'cost', direction: 'minimize' },
      { metric: 'gain', direction: 'maximize' },
    ]);
  });

  const refusal = (code: string, message: RegExp, line?: number) => (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.equal(error.place?.line, line);
    return true;
  };

  it('of another version, or databases of other programs, are refused by what is missing', async () => {
    const path = join(folderWithFixtures(), 'optuna-5.db');
    const database = new DatabaseSync(path);
    database.exec('UPDATE version_info SET schema_version = 13');
    await assert.rejects(readStudies(path, {}, signal), refusal('import-version', /its schema is version 13/));
    database.exec('DROP TABLE trial_params');
    database.close();
    await assert.rejects(readStudies(path, {}, signal), refusal('import-version', /it has no table "trial_params"/));
  });

  it('that are damaged within are told with what is wrong, and the line where there is one', async () => {
    const folder = folderWithFixtures();
    const database = join(folder, 'optuna-5.db');
    const opened = new DatabaseSync(database);
    opened.exec(
      `UPDATE trial_params SET distribution_json = '{"name": "Mystery", "attributes": {}}' WHERE param_id = 1`,
    );
    opened.close();
    await assert.rejects(
      readStudies(database, {}, signal),
      refusal('import-damaged', /parameter "kind" in trial 0 cannot be read/),
    );

    const journal = join(folder, 'optuna-5.journal');
    const lines = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, lines.with(2, '{"op_code": 99}').join('\n'));
    await assert.rejects(readStudies(journal, {}, signal), refusal('import-version', /operation 99/, 3));
    writeFileSync(journal, lines.with(2, '{"op_code": 5, "trial').join('\n'));
    await assert.rejects(readStudies(journal, {}, signal), refusal('import-damaged', /not whole JSON/, 3));
    writeFileSync(journal, lines.with(0, '{"op_code": 0, "study_name": "x"}').join('\n'));
    await assert.rejects(readStudies(journal, {}, signal), refusal('import-damaged', /"createStudy" is not whole/, 1));
  });

  it('are read while Optuna holds them open', async () => {
    const path = join(folderWithFixtures(), 'optuna-5.db');
    const writer = new DatabaseSync(path);
    writer.exec('BEGIN; UPDATE trials SET number = number');
    assert.equal((await readStudies(path, {}, signal)).studies.length, 3);
    writer.exec('ROLLBACK');
    writer.close();
  });
});
