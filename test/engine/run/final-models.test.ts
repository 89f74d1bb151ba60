import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/engine/index.ts';
import { bundleFromJson, bundleToJson, readBundle } from '../../../src/engine/models/bundle.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { loadModel } from '../../../src/engine/run/saved-model.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { finalModel, finalModelsWords } from '../../../src/shared/results/final-models.ts';
import { readExperiment, smallProject } from './experiments.ts';

const quick = 'search: { workers: 2, pruner: none }\nexplain: none\nrobustness: none\n';

async function ran(yaml: string) {
  const { folder, file } = smallProject(`${quick}${yaml}`);
  const engine = new Engine();
  const experiment = readExperiment(readFileSync(file, 'utf8'), file);
  await engine.call('run.start', { experiment });
  const snapshot = await engine.call('run.wait', { file });
  return { folder, file, engine, snapshot };
}

describe('the final models', () => {
  it('are an ensemble, the best single and the best readable model, each scored on the test part', async () => {
    const { folder, file, engine, snapshot } = await ran('learners: [logistic, forest, knn]\nbudget: { trials: 9 }');
    const { finals } = snapshot;
    assert.ok(finals, snapshot.message);
    assert.deepEqual(
      finals.models.map(({ role }) => role),
      ['ensemble', 'single', 'readable'],
    );
    for (const { testMetrics, metrics } of finals.models)
      assert.ok(Number.isFinite(testMetrics?.log_loss) && Number.isFinite(metrics.log_loss));
    assert.equal(finalModel(finals, 'single')?.trial, snapshot.best);
    assert.equal(finalModel(finals, 'readable')?.learner, 'logistic');
    assert.match(finalModelsWords(finals), /^Ensemble of \d models?: log loss/);

    const store = new Store(folder);
    const study = store.studies.latest('small.vitrine.yaml')!;
    const ensemble = await readBundle(store.ensembleFolder(study.id));
    store.close();
    const members = finalModel(finals, 'ensemble')?.members ?? [];
    assert.ok(Math.abs(members.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9);

    // What is exported predicts as the engine does, without the study.
    const output = join(folder, 'predictions.csv');
    const answer = await engine.call('trial.predict', { file, trial: 'auto', data: join(folder, 'data.csv'), output });
    assert.equal(answer.model, 'the ensemble');
    const exported = join(folder, 'ensemble.json');
    await engine.call('trial.export', { file, trial: 'ensemble', output: exported });
    const bundle = bundleFromJson(readFileSync(exported, 'utf8'), exported);
    assert.equal(bundleToJson(bundle), bundleToJson(ensemble));
    const model = await loadModel(bundle, exported);
    const rows = {
      rowCount: 1,
      columns: [
        { kind: 'numeric', name: 'x', type: 'number', values: Float64Array.of(2) },
        { kind: 'numeric', name: 'y', type: 'number', values: Float64Array.of(0) },
        { kind: 'coded', name: 'colour', type: 'category', codes: Int32Array.of(0), levels: ['red'] },
      ],
    } as const;
    const { values } = await model.predict(rows);
    assert.ok(values[1] > 0.5 && Math.abs(values[0] + values[1] - 1) < 1e-9);
    const again = (await model.predict(rows)).values;
    assert.deepEqual(again, values);

    // And says which classes may be the truth, as often as promised.
    const wish = { file, trial: 'ensemble', data: join(folder, 'data.csv'), output } as const;
    await engine.call('trial.predict', { ...wish, coverage: 0.9 });
    const [head, ...lines] = readFileSync(output, 'utf8').trim().split('\n');
    assert.equal(head, 'prediction,probability_no,probability_yes,set_90');
    const sets = lines.map((line) => line.split(',')[3].split('|'));
    assert.ok(sets.every((set) => set.every((name) => ['no', 'yes', ''].includes(name))));
    const ensemble90 = finalModel(finals, 'ensemble')?.kept?.find(({ promised }) => promised === 0.9);
    assert.ok(ensemble90 && ensemble90.rows > 0 && ensemble90.interval.high >= 0.8, JSON.stringify(ensemble90));
    // And is explained and attacked as any other model is, by its members of the first fold.
    const explained = await engine.call('trial.explain', { file, trial: 'ensemble', kind: 'all', seconds: 2 });
    assert.deepEqual(explained.failures, []);
    const kinds = explained.results.map(({ kind }) => kind);
    assert.ok(kinds.includes('permutation-importance') && !kinds.includes('model-reading'), kinds.join());
    const kept = await engine.call('trial.explain', { file, trial: 'ensemble', kind: 'permutation-importance' });
    assert.deepEqual(
      kept.results,
      explained.results.filter(({ kind }) => kind === 'permutation-importance'),
      'what is kept is not made again',
    );
    await assert.rejects(engine.call('trial.explain', { file, trial: 'ensemble', kind: 'model-reading' }), {
      code: 'technique-model',
      message: /the ensemble: ensemble cannot be followed by a person/,
    });
    assert.ok((await engine.call('trial.attack', { file, trial: 'ensemble' })).rows > 0);
    const detail = await engine.call('ensemble.show', { file });
    assert.deepEqual(new Set(detail.explanations.map(({ kind }) => kind)), new Set(kinds));
    assert.ok(detail.robustness && detail.techniques.length > kinds.length);
    assert.deepEqual(
      detail.members.map(({ trial, weight }) => ({ trial, weight })),
      members.map(({ trial, weight }) => ({ trial, weight })),
    );
    for (const { metrics, seconds } of detail.members)
      assert.ok(Number.isFinite(metrics.log_loss) && seconds !== null && seconds >= 0);
    const readable = await engine.call('trial.explain', { file, trial: 'readable', kind: 'model-reading' });
    assert.equal(readable.results.length, 1);
    const { roles, trial } = await engine.call('trial.show', { file, trial: 'readable' });
    assert.equal(trial.number, finalModel(finals, 'readable')?.trial);
    assert.ok(roles?.includes('readable'));
    await engine.close();
  });

  it('decide labels for a metric of labels where that helps, and say so', async () => {
    const { folder, file, engine, snapshot } = await ran(
      'learners: [logistic, knn]\nbudget: { trials: 4 }\nobjectives: [f1]',
    );
    for (const { decision } of snapshot.finals?.models ?? []) {
      assert.equal(decision?.metric, 'f1');
      assert.equal(decision?.threshold?.label, 'yes');
      assert.equal(decision?.threshold?.from === 0.5, decision?.kept === false);
      assert.equal(decision?.kept, (decision?.tuned ?? 0) > (decision?.untuned ?? 0));
    }
    const output = join(folder, 'out.csv');
    const { notes } = await engine.call('trial.predict', {
      file,
      trial: 'auto',
      data: join(folder, 'data.csv'),
      output,
    });
    const chosen = finalModel(snapshot.finals, 'ensemble') ?? finalModel(snapshot.finals, 'single');
    assert.equal(notes.filter((note) => /decided for the best f1/.test(note)).length, chosen?.decision?.kept ? 1 : 0);
    await engine.close();
  });

  it('of a number promise intervals as wide as the row is hard', async () => {
    const { folder, file } = smallProject(`${quick}learners: [ridge, tree]\nbudget: { trials: 3 }`);
    const random = createRandom(3);
    const lines = Array.from({ length: 500 }, () => {
      const [x, y] = [random.normal(), random.normal()];
      return `${x.toFixed(3)},${y.toFixed(3)},red,${(x + Math.exp(1.2 * y) * random.normal()).toFixed(3)}`;
    });
    writeFileSync(join(folder, 'data.csv'), ['x,y,colour,answer', ...lines].join('\n'));
    const engine = new Engine();
    await engine.call('run.start', { experiment: readExperiment(readFileSync(file, 'utf8'), file) });
    const { finals, message } = await engine.call('run.wait', { file });
    assert.ok(finals, message);
    assert.match(
      finalModelsWords(finals),
      /^Intervals .* wide on average, from .* in the quarter of rows with the narrowest/m,
    );
    const output = join(folder, 'out.csv');
    await engine.call('trial.predict', { file, trial: 'auto', data: join(folder, 'data.csv'), output, coverage: 0.9 });
    const [head, ...rows] = readFileSync(output, 'utf8').trim().split('\n');
    assert.equal(head, 'prediction,low_90,high_90');
    const ends = rows.map((row) => row.split(',').map(Number));
    const held = ends.filter(([, low, high], row) => {
      const truth = Number(lines[row].split(',')[3]);
      return low <= truth && truth <= high;
    });
    assert.ok(held.length > 0.85 * 500 && held.length < 0.97 * 500, `${held.length}`);
    const widths = ends.map(([, low, high]) => high - low);
    assert.ok(Math.max(...widths) > 3 * Math.min(...widths));
    await engine.close();
  });

  it('are two where the file wants no ensemble, and where it asks for what an ensemble is not judged by', async () => {
    const without = await ran('learners: [logistic, knn]\nbudget: { trials: 4 }\nensemble: none');
    assert.equal(finalModel(without.snapshot.finals, 'ensemble'), undefined);
    await assert.rejects(
      without.engine.call('trial.predict', {
        file: without.file,
        trial: 'ensemble',
        data: join(without.folder, 'data.csv'),
        output: join(without.folder, 'out.csv'),
      }),
      { code: 'no-final-model' },
    );
    await without.engine.close();
    const limited = await ran('learners: [logistic, knn]\nbudget: { trials: 4 }\nconstraints: ["model_size <= 1MB"]');
    assert.equal(finalModel(limited.snapshot.finals, 'ensemble'), undefined);
    assert.match(limited.snapshot.message, /No ensemble: it would not be judged by model_size/);
    await limited.engine.close();
  });

  it('keep their files, and a lost one costs its model alone', async () => {
    const { folder, file, engine, snapshot } = await ran('learners: [logistic, knn]\nbudget: { trials: 5 }');
    const store = new Store(folder);
    const { id } = store.studies.latest('small.vitrine.yaml')!;
    writeFileSync(join(store.ensembleFolder(id), 'model.json'), '{"format": "vitrine-model", "vers');
    const wish = { file, data: join(folder, 'data.csv'), output: join(folder, 'out.csv') };
    await assert.rejects(engine.call('trial.predict', { ...wish, trial: 'ensemble' }), { code: 'model-unreadable' });
    const { model } = await engine.call('trial.predict', { ...wish, trial: 'readable' });
    assert.match(model, /^trial \d+ \(logistic\)$/);
    assert.ok(existsSync(store.modelFolder(id, snapshot.best!, 'final')));
    store.close();
    await engine.close();
  });
});
