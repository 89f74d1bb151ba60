import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TrialRecord } from '../../src/shared/trial.ts';
import { answerRows, answerTable, folderWith, program } from './command-line.ts';

const namespace = ['--map-root-user', '--mount'];
const mountable =
  process.platform === 'linux' &&
  spawnSync('unshare', [...namespace, 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /tmp']).status === 0;

/** Every trial leaves a model with a copy of the rows, so that the disk fills as the search goes on. */
const yaml = `data: {path: data.csv, target: answer, split: {validation: {folds: 2}}}
learners: [knn]
search: {workers: 2, pruner: none, sampler: random}
budget: {trials: 24}
explain: none
robustness: none
`;

/** On a disk of 2 MB until it is full, then with more room. What is printed goes to another disk. */
const script = `
mount -t tmpfs -o size=2m tmpfs "$FOLDER" && cp "$OUT"/data.csv "$OUT"/e.vitrine.yaml "$FOLDER" && cd "$FOLDER" || exit 99
vitrine() { "$NODE" --disable-warning=ExperimentalWarning "$PROGRAM" "$@"; }
vitrine run e.vitrine.yaml >"$OUT/first.out" 2>"$OUT/first.err"; echo $? >"$OUT/first.code"
mount -o remount,size=64m "$FOLDER" || exit 98
vitrine trials e.vitrine.yaml --format json >"$OUT/kept.json" 2>"$OUT/kept.err"; echo $? >"$OUT/kept.code"
vitrine run e.vitrine.yaml >"$OUT/second.out" 2>"$OUT/second.err"; echo $? >"$OUT/second.code"
vitrine trials e.vitrine.yaml --format json >"$OUT/all.json"
`;

describe('a full disk', () => {
  it('ends the run with a clear word; with room again it goes on, and no finished trial was lost', {
    skip: mountable ? false : 'a small disk cannot be mounted here: unshare --map-root-user --mount is not permitted',
    timeout: 120_000,
  }, () => {
    const out = folderWith({ 'data.csv': answerTable(answerRows(4_000)), 'e.vitrine.yaml': yaml });
    const folder = join(out, 'disk');
    mkdirSync(folder);
    const env = { ...process.env, FOLDER: folder, OUT: out, NODE: process.execPath, PROGRAM: program, NO_COLOR: '1' };
    const { status, stderr } = spawnSync('unshare', [...namespace, 'sh', '-c', script], { env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const read = (name: string) => readFileSync(join(out, name), 'utf8');

    const said = read('first.out') + read('first.err');
    assert.equal(read('first.code').trim(), '1', said);
    assert.match(said, /the disk is full/);
    assert.match(said, /Free some space/);
    assert.doesNotMatch(said, /\n\s+at /);

    assert.equal(read('kept.code').trim(), '0', read('kept.err'));
    const kept: TrialRecord[] = JSON.parse(read('kept.json')).filter(({ state }: TrialRecord) => state === 'complete');
    assert.ok(kept.length > 2 && kept.length < 24, `${kept.length} trials were finished`);
    assert.equal(read('second.code').trim(), '0', read('second.out') + read('second.err'));
    const all: TrialRecord[] = JSON.parse(read('all.json'));
    // A trial whose end was the last thing that found room is not counted as spent.
    assert.ok(all.length >= 24 && all.length <= 26, `${all.length} trials`);
    assert.deepEqual(new Set(all.map(({ state }) => state)), new Set(['complete']));
    for (const { number, values } of kept)
      assert.deepEqual(all.find((trial) => trial.number === number)?.values, values);
  });
});
