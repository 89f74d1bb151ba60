import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { readStudies } from '../../../src/engine/import/read-studies.ts';
import { importers } from '../../../src/engine/import/registry.ts';
import type { ImportedStudy } from '../../../src/engine/import/study-importer.ts';
import { studyDocument } from '../../../src/engine/import/vitrine-json.ts';
import { Study } from '../../../src/engine/search/study.ts';
import { containsConfiguration } from '../../../src/engine/space/configuration.ts';
import { checkSpace } from '../../../src/engine/space/validation.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { fixtureFiles, folderWithAllFixtures, signal } from './fixture-files.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex');

const refused = (codes: readonly string[], file: string) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error instanceof Error ? error.stack : error));
  assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
  assert.equal(error.place?.file, file);
  assert.ok(error.advice);
  return true;
};

/** Every file below a folder with its size and time. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
    .sort();

/** What every imported study must be, whatever wrote it. */
function checkStudy({ name, space, objectives, trials, search, notes }: ImportedStudy): void {
  assert.ok(name.length > 0 && search.length > 0);
  assert.ok(objectives.length > 0);
  assert.deepEqual(checkSpace(space.parameters, space.forbidden), space, 'the space keeps its own rules');
  assert.deepEqual(
    trials.map(({ number }) => number),
    [...trials.keys()],
  );
  for (const trial of trials) {
    assert.ok(trial.why.words.endsWith('.') && trial.why.sampler.length > 0);
    if (trial.state === 'complete') {
      assert.equal(trial.values?.length, objectives.length);
      assert.ok(trial.values?.every(Number.isFinite));
    } else assert.equal(trial.values, undefined);
    if (trial.state === 'failed' || trial.state === 'pruned')
      assert.ok(trial.message, `trial ${trial.number} says why`);
    assert.ok(
      trial.intermediate.every(
        ({ step, value }, i, all) => Number.isFinite(value) && (i === 0 || step > all[i - 1].step),
      ),
    );
    if (trial.continues !== undefined) assert.deepEqual(trials[trial.continues].params, trial.params);
  }
  assert.doesNotMatch(JSON.stringify({ space, objectives, trials, search, notes }), /undefined|\[object/);
  const outside = trials.filter(
    ({ state, params }) => state !== 'waiting' && state !== 'running' && !containsConfiguration(space, params),
  );
  assert.equal(
    notes.some((note) => note.includes('outside of the space')),
    outside.length > 0,
  );
  const directions = objectives.map(({ direction }) => direction);
  assert.equal(new Study({ space, directions, trials, sampler: 'random' }).trials.length, trials.length);
}

describe('every importer', () => {
  let folder: string;
  before(async () => {
    folder = await folderWithAllFixtures();
  });

  it('has a fixture, and there is no fixture without one', () => {
    const formats = [...new Set(fixtureFiles.map(({ format }) => format))].sort();
    assert.deepEqual(formats, importers.map(({ name }) => name).sort());
  });

  for (const { format, path, cut = path, studies: count } of fixtureFiles) {
    describe(`${format}: ${path}${cut === path ? '' : `, ${cut}`}`, () => {
      it('is recognised, gives studies that keep the rules of our own, and writes nothing', async () => {
        const beforehand = filesIn(folder);
        const { importer, studies } = await readStudies(join(folder, path), {}, signal);
        assert.equal(importer.name, format);
        assert.equal(studies.length, count);
        for (const study of studies) checkStudy(study);
        assert.deepEqual(filesIn(folder), beforehand);
      });

      it('comes back from our JSON as it was', async () => {
        const { studies } = await readStudies(join(folder, path), {}, signal);
        for (const study of studies) {
          const copy = join(folder, 'copy.json');
          writeFileSync(copy, JSON.stringify(studyDocument(study), null, 1));
          const back = await readStudies(copy, {}, signal);
          assert.deepEqual(back.studies, [study]);
        }
      });

      it('is refused when it is cut short, with the file that is, and is left alone', async () => {
        const damagedFolder = await folderWithAllFixtures();
        const target = join(damagedFolder, cut);
        if (statSync(target).isDirectory()) return;
        truncateSync(target, Math.floor(statSync(target).size * 0.6));
        const bytes = readFileSync(target);
        const reading = readStudies(join(damagedFolder, path), {}, signal);
        // Half a table is a table, unless its last row is ragged.
        await assert.rejects(reading, refused(['import-damaged', 'data-ragged', 'data-quotes'], target));
        assert.deepEqual(readFileSync(target), bytes);
      });

      it('is refused when it is a picture or empty', async () => {
        if (statSync(join(folder, path)).isDirectory()) return;
        const target = join(folder, 'not', path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, png);
        await assert.rejects(readStudies(target, {}, signal), refused(['import-unknown'], target));
        await assert.rejects(readStudies(target, {}, signal), /it is a PNG picture/);
        writeFileSync(target, '');
        await assert.rejects(readStudies(target, {}, signal), refused(['import-empty'], target));
      });
    });
  }

  it('is shown to be needed: a suite that takes any study would not see these', () => {
    const bad = {
      name: 'x',
      space: { parameters: [] },
      objectives: [{ metric: 'v', direction: 'minimize' }],
      search: 's',
      notes: [],
    } as const;
    const why = { sampler: 's', phase: 'imported', words: 'W.' } as const;
    const trial = {
      number: 0,
      state: 'complete',
      params: {},
      why,
      values: [1],
      intermediate: [],
      attributes: {},
    } as const;
    checkStudy({ ...bad, trials: [trial] });
    assert.throws(() => checkStudy({ ...bad, trials: [{ ...trial, number: 1 }] }));
    assert.throws(() => checkStudy({ ...bad, trials: [{ ...trial, values: [Number.NaN] }] }));
    assert.throws(() => checkStudy({ ...bad, trials: [{ ...trial, values: undefined }] }));
    assert.throws(() => checkStudy({ ...bad, trials: [{ ...trial, params: { x: 1 } }] }));
    assert.throws(() => checkStudy({ ...bad, trials: [{ ...trial, state: 'failed', values: undefined }] }));
    assert.throws(() => checkStudy({ ...bad, notes: ['undefined'], trials: [trial] }));
  });

  it('is asked by its content, not by its name', async () => {
    const renamed = join(folder, 'renamed.log');
    copyFileSync(join(folder, 'optuna-5.journal'), renamed);
    assert.equal((await readStudies(renamed, {}, signal)).importer.name, 'optuna-journal');
  });
});
