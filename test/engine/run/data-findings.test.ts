import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import type { StudySnapshot } from '../../../src/shared/results/study.ts';
import { readExperiment, smallProject } from './experiments.ts';

const quick = 'learners: [tree]\nsearch: { workers: 1 }\nrobustness: none\nbudget: { trials: 2 }\n';

/** @param status what a further column says, by the answer */
async function ran(
  yaml: string,
  status?: (answer: string) => string,
  then: 'check' | 'nothing' = 'nothing',
): Promise<StudySnapshot> {
  const { folder, file } = smallProject(`${quick}${yaml}`);
  if (status) {
    const [names, ...rows] = readFileSync(join(folder, 'data.csv'), 'utf8').split('\n');
    const told = rows.map((row) => `${row},${status(row.split(',')[3])}`);
    writeFileSync(join(folder, 'data.csv'), [`${names},status`, ...told].join('\n'));
  }
  const engine = new Engine();
  const experiment = readExperiment(readFileSync(file, 'utf8'), file);
  await engine.call('run.start', { experiment });
  const snapshot = await engine.call('run.wait', { file });
  if (then === 'check') await engine.call('data.check', { experiment });
  const shown = then === 'check' ? await engine.call('study.show', { file }) : snapshot;
  await engine.close();
  return shown;
}

describe('the data of a run', () => {
  it('are looked at before the search, by what is cheap; what was not is said', async () => {
    const { findings, awesome, run, message } = await ran('explain: none\n', (answer) => `is ${answer}`);
    assert.equal(run, 'finished', message);
    assert.ok(findings?.findings.some(({ check, severity }) => check === 'target-leak' && severity === 'error'));
    const label = findings?.skipped.find(({ check }) => check === 'label-errors');
    assert.match(label?.why ?? '', /Check Data makes it/);
    assert.equal(awesome, undefined);
  });

  it('are doubted by every check where the best model is all but right', async () => {
    const { findings, awesome, message } = await ran('explain: auto\n', (answer) => `is ${answer}`);
    assert.ok(findings && awesome, message);
    assert.ok(awesome.gain >= 0.9);
    assert.equal(awesome.suspicions[0].cause, 'leaking column');
    assert.deepEqual(awesome.suspicions[0].experiment.edit, { how: 'add', key: ['data', 'ignore'], value: 'status' });
    assert.ok(
      findings.skipped.every(({ why }) => !/Check Data makes it/.test(why)),
      'no check was left out',
    );
  });

  it('checked later by all checks, what they find stands with the study', async () => {
    const { findings } = await ran('explain: none\n', undefined, 'check');
    assert.ok(findings);
    assert.ok(findings.done.some(({ check }) => check === 'outliers'));
    assert.ok(findings.skipped.every(({ why }) => !/Check Data makes it/.test(why)));
  });

  it('are not doubted where the model errs as models do', async () => {
    const { findings, awesome } = await ran('explain: auto\n');
    assert.ok(findings);
    assert.equal(awesome, undefined);
  });
});
