import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { dataChecks } from '../../src/engine/checks/registry.ts';
import { Engine } from '../../src/engine/index.ts';
import { bundleFromJson } from '../../src/engine/models/bundle.ts';
import { loadModel } from '../../src/engine/run/saved-model.ts';
import type { Verdict } from '../../src/shared/results/verdict.ts';
import { runOnnx } from '../engine/models/onnx/run-onnx.ts';
import { answerRows, folderWith, succeeds, vitrine } from './command-line.ts';

/** 120 rows with gaps in every column but the target, and a category. */
const table = () => {
  const rows = answerRows(120).map((row, index) => {
    const [x, y, answer] = row.split(',');
    const colour = ['red', 'blue', 'green'][index % 3];
    const cells = [x, y, colour].map((cell, column) => ((index + 3 * column) % 13 === 0 ? '' : cell));
    return [...cells, answer].join(',');
  });
  return `x,y,colour,answer\n${rows.join('\n')}\n`;
};
const file = 'data.vitrine.yaml';

describe('the main job on the command line', () => {
  let folder: string;
  let printed: string;
  before(async () => {
    folder = folderWith({ 'data.csv': table() });
    await succeeds(folder, 'init', 'data.csv', '--target', 'answer');
    printed = await succeeds(folder, 'run', file, '--trials', '5', '--workers', '1');
  });
  const json = async (...words: string[]) => JSON.parse(await succeeds(folder, ...words));

  it('ends with leaderboard, important columns, an attacked row, costs with their method and the report', () => {
    assert.match(printed, /^The trial budget is used up: 5 of 5 trials\.$/m);
    assert.match(
      printed,
      /^Leaderboard\n#\s+trial\s+learner\s+log loss\s+test log loss\s+test accuracy\s+seconds\s+energy\n1 /m,
    );
    assert.match(
      printed,
      /^What matters to trial \d+ \(\w+\)\nShuffling a column .*95 % intervals\): x \+[\d.]+ \([\d.-]+ to [\d.]+\)/m,
    );
    assert.match(printed, /^How it can be fooled\n(.+\n)+Row \d+: .* -> .* turns? (yes|no) into (yes|no)/m);
    assert.match(
      printed,
      /^What it cost\nEnergy [\d.]+ [mµ]?Wh \(.*\); CO2e [\d.]+ .*; cost (less than )?[\d.]+ EUR .*\.\nCPU by (load model|counter|TDP): /m,
    );
    assert.match(printed, /^Report \.vitrine\/reports\/data\.html$/m);
    assert.doesNotMatch(printed, /undefined|NaN|null|\[object|\de-\d/);
  });

  it('lists trials as a table, as CSV and as JSON', async () => {
    const lines = (await succeeds(folder, 'trials', file)).trimEnd().split('\n');
    assert.match(lines[0], /^trial\s+learner\s+state\s+log loss\s+seconds\s+energy\s+remark$/);
    const records: { number: number; values?: number[]; learner: string }[] = await json(
      'trials',
      file,
      '--format',
      'json',
    );
    assert.equal(lines.length, records.length + 1);
    const values = records.flatMap((record) => record.values ?? []);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => a - b),
    );
    const [head, ...csv] = (await succeeds(folder, 'trials', file, '--format', 'csv')).trimEnd().split('\n');
    const columns = head.split(',');
    for (const name of ['trial', 'learner', 'state', 'log_loss', 'accuracy', 'fit_time', 'params.learner', 'message'])
      assert.ok(columns.includes(name), name);
    assert.deepEqual(
      csv.map((line) => Number(line.split(',')[0])),
      records.map(({ number }) => number),
    );
  });

  it('explains by every technique, and one row', async () => {
    const all: { kind: string; seed: number; cost: { seconds: number } }[] = await json('explain', file, '--json');
    const kinds = new Set(all.map(({ kind }) => kind));
    for (const kind of ['examples', 'local-surrogate', 'permutation-importance']) assert.ok(kinds.has(kind), kind);
    assert.equal(kinds.size, all.length);
    const cheap = await json('explain', file, '--format', 'json', '--kind', 'cheap');
    assert.deepEqual(
      cheap,
      all.filter(({ kind }) => cheap.some((one: { kind: string }) => one.kind === kind)),
      'what is kept is not made again',
    );
    const [fewer] = await json('explain', file, '--json', '--kind', 'permutation-importance', '--set', 'repeats=2');
    assert.equal(fewer.options.repeats, 2);
    const wrong = await vitrine(folder, 'explain', file, '--kind', 'permutation-importance', '--set', 'repeats=-1');
    assert.equal(wrong.code, 1);
    assert.match(
      wrong.err,
      /permutation-importance: repeats must be a whole number from 1, not -1\. .*vitrine explain --options permutation-importance/,
    );
    const words = await succeeds(folder, 'explain', file, '--kind', 'local-surrogate', '--row', '3');
    assert.match(
      words,
      /^Why this prediction\? local-surrogate\n(Do not read this as the reason\..*\n)?The model predicts .* for row 3\./,
    );
    assert.equal(words.match(/^Why .*\?/gm)?.length, 1);
    const { code, err } = await vitrine(folder, 'explain', file, '--kind', 'examples', '--row', '5000');
    assert.equal(code, 1);
    assert.match(err, /there is no row 5000: the validation part has \d+ rows\. Choose one from 0 to \d+\./);
  });

  it('attacks a trial by its number', async () => {
    assert.match(
      await succeeds(folder, 'attack', file, '--trial', '1'),
      /rows of the validation part[\s\S]*not guarantees/,
    );
    const { code, err } = await vitrine(folder, 'attack', file, '--trial', '77');
    assert.equal(code, 1);
    assert.match(err, /there is no trial 77\. Trials are numbered 0 to \d/);
  });

  it('shows energy by learner, CO2e and cost, with the method', async () => {
    const words = await succeeds(folder, 'energy', file);
    assert.match(words, /^Energy .*; CO2e .*; cost .* EUR .*\n.*PUE 1; grid World/);
    assert.match(words, /^constant\s+1\s+[\d.]+\s+[\d.]+ [µm]?Wh$/m);
    const { total, byTrial } = await json('energy', file, '--json');
    assert.equal(byTrial.length, 5);
    assert.ok(total.wattHours.interval.low <= total.wattHours.value);
    assert.ok(total.wattHours.value <= total.wattHours.interval.high);
  });

  it('predicts a file: a prediction, then one probability a class', async () => {
    writeFileSync(join(folder, 'new.csv'), 'colour,x,y\nred,1.5,0\nviolet,-1.5,0\n,,\n');
    await succeeds(folder, 'predict', file, 'new.csv', '-o', 'out.csv');
    const [head, ...rows] = readFileSync(join(folder, 'out.csv'), 'utf8').trimEnd().split('\n');
    assert.equal(head, 'prediction,probability_no,probability_yes');
    assert.equal(rows.length, 3);
    for (const row of rows) {
      const [prediction, no, yes] = row.split(',');
      assert.ok(Math.abs(Number(no) + Number(yes) - 1) < 1e-9, row);
      assert.equal(prediction, Number(no) > Number(yes) ? 'no' : 'yes');
    }
  });

  it('says which column a file to predict lacks, and the one that may be meant', async () => {
    writeFileSync(join(folder, 'lacking.csv'), 'color,x,y\nred,1.5,0\n');
    const { code, err } = await vitrine(folder, 'predict', file, 'lacking.csv', '-o', 'lacking-out.csv');
    assert.equal(code, 1);
    assert.match(err, /lacking\.csv:1: .*missing here: "colour".*"color"/);
    assert.equal(err.trimEnd().split('\n').length, 1);
    assert.equal(existsSync(join(folder, 'lacking-out.csv')), false);
  });

  it('writes the report as one file that loads nothing', async () => {
    assert.match(await succeeds(folder, 'report', file, '-o', 'page.html'), /^Wrote .*page\.html \([\d.]+ MB\)\.$/m);
    const page = readFileSync(join(folder, 'page.html'), 'utf8');
    assert.match(page, /^<!doctype html>/i);
    assert.doesNotMatch(page, /<(script|link|img|iframe)[^>]+(src|href)\s*=\s*["']?(https?:|\/\/|\.)/i);
    assert.doesNotMatch(page, /@import\s|url\(\s*["']?https?:/);
  });

  it('has a line for every check, in words and as JSON, and ends with 1 where one failed', async () => {
    const { code, out } = await vitrine(folder, 'report', file, '--verdicts', '--json');
    const verdicts: Verdict[] = JSON.parse(out);
    assert.equal(code, verdicts.some(({ outcome }) => outcome === 'failed') ? 1 : 0);
    const ofData = verdicts.filter(({ about }) => about === 'data');
    assert.deepEqual(
      ofData.map(({ check }) => check),
      dataChecks.map(({ name }) => name),
    );
    assert.ok(ofData.some(({ outcome, figure }) => outcome === 'passed' && figure !== undefined));
    assert.ok(verdicts.some(({ about, check }) => about === 'ensemble' && check === 'slices'));
    const words = (await vitrine(folder, 'report', file, '--verdicts')).out;
    assert.match(words, /^The data\n/);
    assert.match(words, /^passed: Duplicate rows\. \[share of repeated rows 0, at most 0\.01\]$/m);
    assert.match(words, /\d+ passed\.\n$/);
  });

  it('writes a folder of pages about a model, explained before, and leaves a changed page alone', async () => {
    appendFileSync(join(folder, file), 'about: {purpose: For those who test.}\n');
    const asked = ['report', file, '--markdown', 'card', '--trial', 'ensemble'];
    const words = await succeeds(folder, ...asked, '--explain', 'slices,decisions', '--seconds', '60');
    assert.match(words, /^Wrote \d+ pages about the model \(ensemble of \d models?\) to card\.$/m);
    const page = (path: string) => readFileSync(join(folder, 'card', path), 'utf8');
    assert.match(page('README.md'), /^# data: ensemble of/);
    assert.match(page('model-card.md'), /^For those who test\.$/m);
    assert.match(page('explanations/decisions.md'), /^# What can be decided by it$/m);
    for (const path of ['README.md', 'model-card.md', 'data-sheet.md', 'verdicts.md', 'explanations/slices.md'])
      assert.doesNotMatch(page(path), /undefined|NaN|\[object|\bnull\b/, path);
    writeFileSync(join(folder, 'card', 'model-card.md'), 'my own');
    const { code, err } = await vitrine(folder, ...asked);
    assert.equal(code, 1);
    assert.match(err, /model-card\.md is not as Vitrine wrote it\. Nothing was written\./);
    assert.equal(page('model-card.md'), 'my own');
    assert.match((await vitrine(folder, 'report', file, '--trial', '1')).err, /--trial is of --markdown/);
    assert.match((await vitrine(folder, 'report', file, '--explain', 'guess')).err, /There is no technique "guess"/);
  });

  it('keeps what was explained before it was cancelled', async () => {
    const engine = new Engine();
    const abort = new AbortController();
    try {
      let begun = 0;
      const progress = () => {
        if (++begun === 8) abort.abort();
      };
      const input = { file: join(folder, file), kinds: ['all' as const] };
      const kept = async () => (await engine.call('ensemble.show', { file: input.file })).explanations.length;
      const before = await kept();
      await assert.rejects(engine.call('study.explain', input, { signal: abort.signal, progress }), {
        name: 'AbortError',
      });
      assert.ok((await kept()) > before);
    } finally {
      await engine.close();
    }
  });

  it('exports a bundle that predicts the same', async () => {
    await succeeds(folder, 'export', file, '-o', 'model.json');
    const model = await loadModel(
      bundleFromJson(readFileSync(join(folder, 'model.json'), 'utf8'), 'model.json'),
      'model.json',
    );
    assert.deepEqual(model.classes, ['no', 'yes']);
    await succeeds(folder, 'predict', file, 'data.csv', '-o', 'first.csv', '--trial', 'best');
    const { values } = await model.predict({
      rowCount: 1,
      columns: [
        { kind: 'numeric', name: 'x', type: 'number', values: Float64Array.of(1.5) },
        { kind: 'numeric', name: 'y', type: 'number', values: Float64Array.of(0) },
        { kind: 'coded', name: 'colour', type: 'category', levels: ['red'], codes: Int32Array.of(0) },
      ],
    });
    const told = readFileSync(join(folder, 'out.csv'), 'utf8').split('\n')[1].split(',').slice(1).map(Number);
    for (const [index, value] of Array.from(values).entries()) assert.ok(Math.abs(value - told[index]) < 1e-12);
    model.dispose?.();
  });

  it('predicts with an exported bundle alone, and says what was strange in the file', async () => {
    await succeeds(folder, 'export', file, '-o', 'alone.json');
    const words = await succeeds(folder, 'predict', 'alone.json', 'new.csv', '-o', 'alone.csv');
    assert.match(words, /^Wrote 3 predictions by alone\.json to alone\.csv\.\n/);
    assert.match(words, /^In "colour", 1 row has a level that the model has not seen: "violet"\.$/m);
    assert.equal(readFileSync(join(folder, 'alone.csv'), 'utf8'), readFileSync(join(folder, 'out.csv'), 'utf8'));
  });

  it('refuses a bundle that was changed, without writing anything', async () => {
    const text = readFileSync(join(folder, 'alone.json'), 'utf8');
    writeFileSync(join(folder, 'changed.json'), text.replace('"seed":', '"seed":1'));
    const { code, err } = await vitrine(folder, 'predict', 'changed.json', 'new.csv', '-o', 'changed.csv');
    assert.equal(code, 1);
    assert.match(err, /changed\.json: the model is damaged: it is not as it was written/);
    assert.equal(existsSync(join(folder, 'changed.csv')), false);
  });

  it('exports ONNX that onnxruntime predicts the same with', async () => {
    await succeeds(folder, 'export', file, '-o', 'model.onnx', '--trial', 'best');
    await succeeds(folder, 'predict', file, 'new.csv', '-o', 'best.csv', '--trial', 'best');
    const [, ...lines] = readFileSync(join(folder, 'best.csv'), 'utf8').trimEnd().split('\n');
    const gap = Number.NaN;
    const { label, values } = await runOnnx(readFileSync(join(folder, 'model.onnx')), {
      rowCount: 3,
      columns: [
        { kind: 'numeric', name: 'x', type: 'number', values: Float64Array.of(1.5, -1.5, gap) },
        { kind: 'numeric', name: 'y', type: 'number', values: Float64Array.of(0, 0, gap) },
        { kind: 'coded', name: 'colour', type: 'category', levels: ['red', 'violet'], codes: Int32Array.of(0, 1, -1) },
      ],
    });
    assert.deepEqual(
      label,
      lines.map((line) => line.split(',')[0]),
    );
    const told = lines.flatMap((line) => line.split(',').slice(1).map(Number));
    for (const [i, value] of values.entries()) assert.ok(Math.abs(value - told[i]) < 1e-5, `${value} for ${told[i]}`);
  });

  it('goes on with the study when run again, and begins anew with --fresh', async () => {
    const again = await json('run', file, '--trials', '1', '--workers', '1', '--json');
    assert.equal(again.snapshot.counts.complete + again.snapshot.counts.pruned, 6);
    assert.equal(typeof again.report, 'string');
    const fresh = await json('run', file, '--trials', '1', '--workers', '1', '--fresh', '--json');
    assert.equal(fresh.snapshot.counts.complete, 1);
    assert.equal(fresh.best.trial.learner, 'constant');
  });
});
