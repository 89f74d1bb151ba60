import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/engine/random.ts';
import type { DataFindings } from '../../src/shared/results/data-findings.ts';
import { folderWith, vitrine } from './command-line.ts';

const random = createRandom(3);
const rows = Array.from({ length: 150 }, (_, row) => {
  const [x, y] = [random.normal(), random.normal()];
  const answer = x + 0.5 * random.normal() > 0 ? 'yes' : 'no';
  return `${x.toFixed(3)},${y.toFixed(3)},${answer === 'yes' ? 'paid' : 'open'}${row % 50 === 0 ? '?' : ''},7,${answer}`;
});
const data = `${['x,y,status,same,answer', ...rows].join('\n')}\n`;
const file = 'spoilt.vitrine.yaml';
const experiment = 'data: {path: data.csv, target: answer}\n';

describe('vitrine check --data', () => {
  it('names what is wrong with the data, at its place in the file, and ends with 1 where that is an error', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: experiment });
    const { code, out } = await vitrine(
      folder,
      'check',
      file,
      '--data',
      '--only',
      'target-leak,constant,small-test,time-leak',
    );
    assert.equal(code, 1, out);
    assert.match(out, /^spoilt\.vitrine\.yaml: no faults\.$/m);
    assert.match(out, /^3 data checks: 1 error and 2 warnings\.$/m);
    assert.match(out, /^error: "status" by itself takes away \d+ % of the error .* list "status" under `ignore`\.$/m);
    assert.match(out, /^warning: "same" has the same value in all 120 rows\./m);
    assert.match(out, /^Not checked: later rows in the development part, because no column holds dates\.$/m);
    assert.equal(existsSync(join(folder, '.vitrine')), false, 'a check keeps nothing');
  });

  it('prints findings as JSON and as SARIF', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: experiment });
    const json = await vitrine(folder, 'check', file, '--format', 'json', '--only', 'constant,small-test');
    assert.equal(json.code, 0, json.err);
    const { data: found } = JSON.parse(json.out) as { data: DataFindings };
    assert.deepEqual(
      found.findings.map(({ check, severity, columns }) => [check, severity, columns]),
      [
        ['constant', 'warning', ['same']],
        ['small-test', 'warning', []],
      ],
    );
    const sarif = await vitrine(folder, 'check', file, '--format', 'sarif', '--only', 'constant');
    const [{ results }] = (JSON.parse(sarif.out) as { runs: { results: { ruleId: string; level: string }[] }[] }).runs;
    assert.deepEqual(
      results.map(({ ruleId, level }) => [ruleId, level]),
      [['data/constant', 'warning']],
    );
  });

  it('refuses a check that is none, and names those that are', async () => {
    const folder = folderWith({ 'data.csv': data, [file]: experiment });
    const { code, err } = await vitrine(folder, 'check', file, '--data', '--only', 'leak');
    assert.equal(code, 1);
    assert.match(err, /^error: there is no data check "leak"\. There are target-leak, /);
  });

  it('leaves rows out where the file says so, and refuses one that is not there at its place', async () => {
    const left = 'data: {path: data.csv, target: answer, drop: {duplicates: true, rows: [3]}}\n';
    const beyond = 'data: {path: data.csv, target: answer, drop: {rows: [3, 400]}}\n';
    const folder = folderWith({ 'data.csv': `${data}${rows[5]}\n`, 'left.vitrine.yaml': left, [file]: beyond });
    const { code, out } = await vitrine(folder, 'check', 'left.vitrine.yaml');
    assert.equal(code, 0, out);
    assert.match(out, /2 rows left out by `drop`: 1 by their number and 1 that repeat an earlier one\./);
    const refused = await vitrine(folder, 'check', file);
    assert.equal(refused.code, 1);
    assert.match(refused.out, /spoilt\.vitrine\.yaml:1:\d+: .*`drop` names row 400, and the data has 151\./);
  });
});
