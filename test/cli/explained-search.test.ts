import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { Engine } from '../../src/engine/index.ts';
import type { HyperparameterImportance } from '../../src/shared/results/hyperparameter-importance.ts';
import type { SearchOutlook } from '../../src/shared/results/search-outlook.ts';
import type { SearchWhy } from '../../src/shared/results/search-why.ts';
import { answerRows, answerTable, folderWith, quickSearch, succeeds, vitrine } from './command-line.ts';

const experiment = (sampler: string, trials: number) => `data: {path: rows.csv, target: answer}
${quickSearch.replace('seed: 1', `seed: 1, sampler: ${sampler}, pruner: none`).replace('trials: 4', `trials: ${trials}`)}`;

describe('a search that explains itself, on the command line', () => {
  const folder = folderWith({
    'rows.csv': answerTable(answerRows(120)),
    'search.vitrine.yaml': experiment('tpe', 14),
    'short.vitrine.yaml': experiment('random', 3),
    'new.vitrine.yaml': experiment('tpe', 3),
  });
  const file = 'search.vitrine.yaml';
  before(async () => {
    await succeeds(folder, 'run', file);
    await succeeds(folder, 'run', 'short.vitrine.yaml');
  });

  it('why tells a trial in words, and the record as JSON', async () => {
    const words = await succeeds(folder, 'why', file, '--trial', '13');
    assert.match(words, /^Trial 13\n\nWhy it was suggested\n/);
    assert.match(words, /What came of it\nLog loss .*\n/);
    const record: SearchWhy = JSON.parse(await succeeds(folder, 'why', file, '--trial', '13', '--json'));
    assert.equal(record.trial, 13);
    assert.equal(record.reason.sampler, 'tpe');
    assert.ok(record.rank && record.rank.of > 10);
    assert.match(await succeeds(folder, 'why', file), /the best of \d+/);
  });

  it('importance by every method, for an objective by its name', async () => {
    for (const method of ['fanova', 'ped-anova', 'local', 'tunability', 'ablation']) {
      const told: HyperparameterImportance = JSON.parse(
        await succeeds(folder, 'importance', file, '--method', method, '--objective', 'log_loss', '--json'),
      );
      assert.equal(told.method, method);
      assert.equal(told.objective, 'log_loss');
    }
    const words = await succeeds(folder, 'importance', file);
    assert.match(words, /^Share of the differences in log loss .*:\nlearner/);
    assert.match(words, /Only \d+ trials for \d+ hyperparameters/);
  });

  it('compares two models, and all of them', async () => {
    const told = JSON.parse(await succeeds(folder, 'compare', file, '--trial', 'readable', '--with', '0', '--json'));
    assert.equal(told.kind, 'model-comparison');
    assert.equal(told.second.candidate, 0);
    assert.ok(told.scores.length > 1 && told.disagreement.rows <= told.rows);
    const words = await succeeds(folder, 'compare', file, '--with', '0', '--kind', 'permutation-importance');
    assert.match(
      words,
      /^Trial \d+ \(\w+\) against trial 0 \(\w+\) on \d+ rows, each predicted by models that were not fitted on it:\nlog loss /,
    );
    assert.match(words, /\ntrial 0 \(\w+\)\n/);
    const all = JSON.parse(await succeeds(folder, 'models', file, '--format', 'json'));
    assert.equal(all.correlation.models.length, all.correlation.matrix.length);
    assert.equal(all.importances.columns.length > 0, true);
    const each = JSON.parse(await succeeds(folder, 'models', file, '--all', '--json'));
    const shuffled = each.importances.models.map(({ candidate }: { candidate: number | 'ensemble' }) => candidate);
    const learnt = all.correlation.models.filter(({ learner }: { learner: string }) => learner !== 'constant');
    assert.deepEqual(
      shuffled.filter((one: unknown) => one !== 'ensemble').sort(),
      learnt.map(({ trial }: { trial: number }) => trial).sort(),
    );
    assert.match(await succeeds(folder, 'models', file), /^How alike they err\nErrors of \d+ models on /);
  });

  it('outlook says whether to stop', async () => {
    const told: SearchOutlook = JSON.parse(await succeeds(folder, 'outlook', file, '--trials', '7', '--json'));
    assert.equal(told.horizon, 7);
    assert.match(await succeeds(folder, 'outlook', file), /By the record, 20 more trials improve it/);
  });

  it('the report says why the search went this way, and of a short search what it could not tell', () => {
    const report = (name: string) => readFileSync(resolve(folder, `.vitrine/reports/${name}.html`), 'utf8');
    assert.match(report('search'), /<h2>May I stop\?<\/h2>/);
    assert.match(report('search'), /<h2>How much of the space was seen<\/h2>/);
    assert.match(report('short'), /3 complete trial\(s\) are too few/);
  });

  it('what cannot be told is refused, with what to do', async () => {
    const fails = async (...words: string[]) => {
      const { code, err } = await vitrine(folder, ...words);
      assert.equal(code, 1, `vitrine ${words.join(' ')}: ${err}`);
      return err;
    };
    assert.match(await fails('why', file, '--trial', '99'), /there is no trial 99/);
    assert.match(await fails('why', 'new.vitrine.yaml'), /has not run yet/);
    assert.match(await fails('importance', 'short.vitrine.yaml'), /3 complete trial\(s\) are too few/);
    assert.match(await fails('importance', file, '--objective', 'speed'), /"speed" is not an objective .*log_loss/);
    assert.match(await fails('importance', file, '--front'), /two objectives are needed/);
    assert.match(await fails('outlook', file, '--epsilon', '-1'), /number of 0 or more/);
    assert.match(await fails('importance', file, '--method', 'guess'), /fanova/);
  });

  describe('and to programs', () => {
    it('its record agrees with its trials, its groups with its studies', async () => {
      const engine = new Engine();
      const path = resolve(folder, file);
      try {
        const record = await engine.call('search.record', { file: path });
        assert.equal(record.replay.ends.length, 14);
        assert.equal(
          record.effort.phases.reduce((sum, { trials }) => sum + trials, 0),
          14,
        );
        const { groups } = await engine.call('search.runs', { file: path });
        assert.equal(groups.length, 1);
        assert.equal(groups[0].runs[0].trials, 14);
        const footprint = await engine.call('search.footprint', { file: path });
        assert.ok(footprint.points.length > 100);
        const early = await engine.call('search.dependence', { file: path, parameters: ['learner'], until: 9 });
        assert.ok(early.trials <= 9);
      } finally {
        await engine.close();
      }
    });

    it('a costly analysis can be stopped', async () => {
      const engine = new Engine();
      try {
        const call = engine.call('search.importance', { file: resolve(folder, file) }, { signal: AbortSignal.abort() });
        await assert.rejects(call, { name: 'AbortError' });
      } finally {
        await engine.close();
      }
    });
  });
});
