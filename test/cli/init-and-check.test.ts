import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { answerRows, answerTable, folderWith, succeeds, vitrine } from './command-line.ts';

const data = answerTable(answerRows(60));
const file = 'data.vitrine.yaml';

describe('vitrine init', { concurrency: 2 }, () => {
  for (const [name, words, expected] of [
    ['takes the target that suits best', [], /^\s+target: y\s/m],
    ['takes the target that is named', ['--target', 'answer'], /^\s+target: answer\s/m],
    ['keeps a share for the test', ['--target', 'answer', '--test', '0.3'], /^\s+test: 0\.3\s/m],
    ['keeps nothing for the test', ['--target', 'answer', '--test', 'none'], /^\s+test: none\s/m],
    ['takes a test file', ['--target', 'answer', '--test', 'held.csv'], /^\s+test: held\.csv\s/m],
  ] as const) {
    it(`${name}, and what it writes has no faults`, async () => {
      const folder = folderWith({ 'data.csv': data, 'held.csv': data });
      const printed = await succeeds(folder, 'init', 'data.csv', ...words);
      assert.match(printed, /^Wrote data\.vitrine\.yaml for 60 rows, to predict (y|answer)\.$/m);
      assert.match(printed, /^Next: vitrine run data\.vitrine\.yaml$/m);
      assert.match(readFileSync(join(folder, file), 'utf8'), expected);
      assert.equal(await succeeds(folder, 'check', file), `${file}: no faults.\n`);
    });
  }

  it('does not overwrite an experiment file, unless it is asked to', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: 'mine' });
    const { code, err } = await vitrine(folder, 'init', 'data.csv', '--target', 'answer');
    assert.equal(code, 1);
    assert.match(err, /^error: data\.vitrine\.yaml: .*already there.*-o.*--force/);
    assert.equal(readFileSync(join(folder, file), 'utf8'), 'mine');
    await succeeds(folder, 'init', 'data.csv', '--target', 'answer', '--force');
    assert.match(readFileSync(join(folder, file), 'utf8'), /target: answer/);
  });

  it('writes elsewhere, with the path of the data from there', async () => {
    const folder = folderWith({ 'data.csv': data });
    mkdirSync(join(folder, 'experiments'));
    const named = 'experiments/first.vitrine.yaml';
    await succeeds(folder, 'init', 'data.csv', '--target', 'answer', '-o', named);
    assert.match(readFileSync(join(folder, named), 'utf8'), /^\s+path: \.\.\/data\.csv\s/m);
    await succeeds(folder, 'check', named);
  });

  it('refuses a target that is not there, and a test share that is none, and writes nothing', async () => {
    const folder = folderWith({ 'data.csv': data });
    for (const [words, says] of [
      [['--target', 'anwser'], /no column "anwser".*"answer"/],
      [['--target', 'answer', '--test', '1.5'], /1\.5/],
      [['--target', 'answer', '--test', 'gone.csv'], /gone\.csv.*no such file/],
    ] as const) {
      const { code, err } = await vitrine(folder, 'init', 'data.csv', ...words);
      assert.equal(code, 1, err);
      assert.match(err, says);
      assert.equal(existsSync(join(folder, file)), false);
    }
    const { code, err } = await vitrine(folder, 'init', 'gone.csv');
    assert.equal(code, 1);
    assert.match(err, /^error: gone\.csv: there is no such file\./);
  });

  it('answers in JSON', async () => {
    const folder = folderWith({ 'data.csv': data });
    const answer = JSON.parse(await succeeds(folder, 'init', 'data.csv', '--target', 'answer', '--json'));
    assert.deepEqual({ ...answer, file: undefined }, { file: undefined, target: 'answer', rowCount: 60 });
  });
});

describe('vitrine check', { concurrency: 2 }, () => {
  const faulty = 'data: {path: data.csv, target: anwser}\nbudget: {tim: 3m}\n';

  it('answers in JSON, with ranges from 0 and fixes', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: faulty });
    const { code, out } = await vitrine(folder, 'check', file, '--format', 'json');
    assert.equal(code, 1);
    const { diagnostics } = JSON.parse(out);
    assert.deepEqual(
      diagnostics.map(({ code }: { code: string }) => code),
      ['unknown-column', 'unknown-key'],
    );
    assert.deepEqual(diagnostics[0].range, { start: { line: 0, character: 31 }, end: { line: 0, character: 37 } });
    assert.equal(diagnostics[0].fix.edits[0].newText, 'answer');
  });

  it('answers in SARIF 2.1.0', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: faulty });
    const { code, out } = await vitrine(folder, 'check', file, '--format', 'sarif');
    assert.equal(code, 1);
    const log = JSON.parse(out);
    assert.equal(log.version, '2.1.0');
    assert.match(log.$schema, /sarif-2\.1\.0\.json$/);
    assert.equal(log.runs.length, 1);
    const [{ tool, results }] = log.runs;
    assert.equal(tool.driver.name, 'vitrine');
    const rules = tool.driver.rules.map(({ id }: { id: string }) => id);
    assert.equal(results.length, 2);
    for (const { ruleId, level, message, locations } of results) {
      assert.ok(rules.includes(ruleId));
      assert.ok(['none', 'note', 'warning', 'error'].includes(level));
      assert.ok(message.text.length > 0);
      const { artifactLocation, region } = locations[0].physicalLocation;
      assert.equal(artifactLocation.uri, pathToFileURL(join(folder, file)).href);
      for (const number of [region.startLine, region.startColumn, region.endLine, region.endColumn])
        assert.ok(Number.isInteger(number) && number >= 1);
    }
    assert.deepEqual([results[0].locations[0].physicalLocation.region.startColumn, results[0].level], [32, 'error']);
  });

  it('leaves no trace', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: 'data: {path: data.csv, target: answer}\n' });
    await succeeds(folder, 'check', file);
    assert.equal(existsSync(join(folder, '.vitrine')), false);
    writeFileSync(join(folder, file), '');
    const { code, out } = await vitrine(folder, 'check', file);
    assert.equal(code, 1);
    assert.match(out, /^error: data\.vitrine\.yaml:1:1: .*\[empty-file\]$/m);
  });

  it('finds what a run would refuse: folds to share out of a holdout', async () => {
    const text =
      'data: {path: data.csv, target: answer, split: {validation: {holdout: 0.3}}}\nsearch: {sampler: asha, resource: folds}\n';
    const folder = folderWith({ 'data.csv': data, [file]: text });
    const { code, out, err } = await vitrine(folder, 'check', file);
    assert.equal(code, 1);
    assert.match(
      out + err,
      /data\.vitrine\.yaml:2:9: `search\.resource: folds` needs folds, and `validation` is a holdout\./,
    );
  });
});
