import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { takeDataset } from '../../src/engine/data/dataset.ts';
import { loadDataset } from '../../src/engine/data/load-dataset.ts';
import { splitValidation } from '../../src/engine/data/splits/split.ts';
import { learners } from '../../src/engine/learners/registry.ts';
import { createRandom } from '../../src/engine/random.ts';
import { sampleConfiguration } from '../../src/engine/space/configuration.ts';

/** Learning curves of random configurations, each a real training of ours. */
export interface CurveTable {
  readonly name: string;
  /** Epochs of a whole training. */
  readonly epochs: number;
  /** [configurations][epochs]: the lowest validation loss up to each epoch, which is what a training that ends there keeps. */
  readonly losses: readonly (readonly number[])[];
}

/** The data sets that multilayer perceptrons are trained on, with one row in four to validate. */
export const curveSets = ['vehicle'] as const;
const configurations = 200;
const tables = fileURLToPath(new URL('../../../shared/data/tabular/', import.meta.url));
const folder = fileURLToPath(new URL('../../.venv/curve-tables/', import.meta.url));

/** The table of a data set: 200 trainings on first use (minutes), kept in .venv (outside git). */
export async function curveTable(name: string, print: (line: string) => void): Promise<CurveTable> {
  const file = `${folder}${name}-mlp-${configurations}.json`;
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  print(`(training ${configurations} perceptrons on ${name} for its curve table)`);
  const table = await train(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(table));
  renameSync(`${file}.part`, file);
  return table;
}

async function train(name: string): Promise<CurveTable> {
  const { signal } = new AbortController();
  const learner = learners.find((one) => one.name === 'mlp');
  if (!learner) throw new Error('there is no learner "mlp" any more');
  const data = await loadDataset({ path: `${tables}${name}/train.csv.gz`, target: 'target' }, signal);
  const [fold] = splitValidation(data, { holdout: 0.25 }, createRandom(1)).folds;
  const parts = { train: takeDataset(data, fold.train), validation: takeDataset(data, fold.validation) };
  const space = learner.space(data.info);
  const random = createRandom(1);
  const curves: number[][] = [];
  while (curves.length < configurations) {
    const losses: number[] = [];
    const report = async (_epoch: number, loss: number) => {
      losses.push(Math.min(loss, losses.at(-1) ?? Number.POSITIVE_INFINITY));
      return 'continue' as const;
    };
    const model = await learner.fit({ ...parts, seed: 1, signal, report }, sampleConfiguration(space, random));
    model.dispose?.();
    curves.push(losses);
  }
  // A training that ended early, for its loss no longer fell, would have kept its best epoch to the end.
  const epochs = Math.max(...curves.map(({ length }) => length));
  const whole = curves.map((losses) =>
    Array.from({ length: epochs }, (_, i) => losses[Math.min(i, losses.length - 1)]),
  );
  return { name, epochs, losses: whole };
}
