import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { descentStep, startOf } from '../../src/engine/hypergradients/momentum-descent.ts';
import { type NumericRows, perceptronProblem } from '../../src/engine/hypergradients/perceptron-problem.ts';
import { type TunerName, tuners } from '../../src/engine/hypergradients/registry.ts';
import type { TrainingProblem } from '../../src/engine/hypergradients/training-problem.ts';
import { createRandom } from '../../src/engine/random.ts';
import { createStudy } from '../../src/engine/search/study.ts';
import { mean } from '../../src/engine/statistics/mean.ts';
import { median } from '../../src/engine/statistics/median.ts';
import { figure } from './figure.ts';
import type { Section } from './section.ts';

const folder = new URL('../../../shared/data/tabular/', import.meta.url);
const sets = ['credit_g', 'splice', 'spambase'];
/** Rows to learn from, and as many to choose by; few, so that penalties matter. */
const rowsEach = 250;
const hidden = [8];
const rate = 0.5;
const momentum = 0.9;
/** Gradients that each way may spend. */
const budget = 4000;
/** Steps of one training: reverse differentiation and TPE train again and again. */
const steps = 100;
/** TPE with longer trainings, and so fewer of them, as well: the better of the two is what must be beaten. */
const tpeSteps = [steps, 200];

interface Split {
  readonly problem: TrainingProblem;
  readonly test: TrainingProblem;
}

/** Networks with a penalty for each input and layer: validation loss of the tuners beside TPE after the same number of gradients. */
export const hypergradientsSection: Section = {
  name: 'hypergradients',
  title: `Penalties of a network by their gradients: median validation loss (test loss) after ${budget} gradients`,
  async run({ seeds, only = '', print }) {
    if (!existsSync(folder)) {
      print('skipped: ../shared/data/tabular is not here');
      return { bars: [], results: [] };
    }
    const names = [...(Object.keys(tuners) as TunerName[]), ...tpeSteps.map((count) => `TPE, ${count} steps`)];
    print(['data', 'penalties', ...names].map((text) => text.padEnd(20)).join(''));
    const results: { set: string; penalties: number; losses: Record<string, { validation: number; test: number }> }[] =
      [];
    for (const set of sets.filter((name) => name.includes(only))) {
      const runs: Record<string, { validation: number[]; test: number[] }> = {};
      let penalties = 0;
      for (let seed = 0; seed < seeds; seed++) {
        const split = splitOf(set, seed);
        penalties = split.problem.hyperparameters.length;
        const put = (name: string, { w, loss }: { w: Float64Array; loss: number }) => {
          runs[name] ??= { validation: [], test: [] };
          runs[name].validation.push(loss);
          runs[name].test.push(split.test.validationGradient(w, new Float64Array(w.length)));
        };
        for (const name of Object.keys(tuners) as TunerName[]) {
          const descent = { steps, rate, momentum };
          const settings = { descent, gradients: budget };
          const { w, validationLoss } = await tuners[name].tune(split.problem, settings, createRandom(seed));
          put(name, { w, loss: validationLoss });
        }
        for (const count of tpeSteps) put(`TPE, ${count} steps`, searchByTpe(split.problem, count, seed));
      }
      const losses = Object.fromEntries(
        names.map((name) => [name, { validation: median(runs[name].validation), test: median(runs[name].test) }]),
      );
      results.push({ set, penalties, losses });
      const cells = names.map((name) => `${figure(losses[name].validation)} (${figure(losses[name].test)})`);
      print([set, String(penalties), ...cells].map((text) => text.padEnd(20)).join(''));
    }
    const bars = (Object.keys(tuners) as TunerName[]).map((name) => {
      const better = results.filter(({ losses }) =>
        tpeSteps.every((count) => losses[name].validation < losses[`TPE, ${count} steps`].validation),
      );
      return {
        words: `${name}: better validation loss than TPE after the same number of gradients, 20 or more penalties`,
        figure: `on ${better.length} of ${results.length} data sets`,
        met: better.length === results.length,
      };
    });
    return { bars, results };
  },
};

/** The best of as many whole trainings as the budget allows; a training also keeps the best of ten looks at the validation loss. */
function searchByTpe(problem: TrainingProblem, count: number, seed: number): { w: Float64Array; loss: number } {
  const looks = 10;
  const space = Object.fromEntries(
    problem.hyperparameters.map(({ name, low, high }) => [name, { float: [low, high] as const }]),
  );
  const study = createStudy({ space, sampler: 'tpe', seed });
  const weights = problem.initialWeights(createRandom(seed));
  const gradient = new Float64Array(problem.weightCount);
  let best: { w: Float64Array; loss: number } | undefined;
  for (let spent = 0; spent + count + looks <= budget; spent += count + looks) {
    const trial = study.ask();
    const lambda = Float64Array.from(problem.hyperparameters, ({ name }) => Number(trial.params[name]));
    const state = startOf(weights);
    let lowest = Number.POSITIVE_INFINITY;
    for (let step = 0; step < count; step++) {
      descentStep(problem, lambda, { steps: count, rate, momentum }, step, state, gradient);
      if ((step + 1) % (count / looks) > 0) continue;
      const loss = problem.validationGradient(state.w, gradient);
      lowest = Math.min(lowest, loss);
      if (!best || loss < best.loss) best = { w: state.w.slice(), loss };
    }
    study.tell(trial, lowest);
  }
  if (!best) throw new RangeError('the budget allows no training');
  return best;
}

/** Training and validation rows by seed out of the data set's training part; its test part whole. Columns standardised by the training rows. */
function splitOf(set: string, seed: number): Split {
  const [train, test] = ['train', 'test'].map((part) => readTable(new URL(`${set}/${part}.csv.gz`, folder)));
  const inputs = train[0].x.length;
  const classes = [...new Set(train.map(({ label }) => label))].sort();
  const order = createRandom(seed).permutation(train.length);
  const [fit, choose] = [0, 1].map((k) =>
    Array.from(order.subarray(k * rowsEach, (k + 1) * rowsEach), (row) => train[row]),
  );
  const scales = Array.from({ length: inputs }, (_, j) => {
    const centre = mean(fit.map(({ x }) => x[j]));
    const deviation = Math.sqrt(mean(fit.map(({ x }) => (x[j] - centre) ** 2)));
    return { centre, deviation: deviation || 1 };
  });
  const numeric = (rows: readonly LabelledRow[]): NumericRows => ({
    count: rows.length,
    // A column that hardly varies in these rows may hold a value far out in the others.
    x: Float64Array.from(
      rows.flatMap(({ x }) =>
        scales.map(({ centre, deviation }, j) => Math.max(-5, Math.min(5, (x[j] - centre) / deviation))),
      ),
    ),
    y: Float64Array.from(rows.flatMap(({ label }) => classes.map((name) => Number(name === label)))),
  });
  const problem = (validation: readonly LabelledRow[]) =>
    perceptronProblem({
      train: numeric(fit),
      validation: numeric(validation),
      inputs,
      hidden,
      outputs: classes.length,
      loss: 'classes',
      penalties: 'by-input',
    });
  return { problem: problem(choose), test: problem(test) };
}

interface LabelledRow {
  readonly x: readonly number[];
  readonly label: string;
}

/** The target is the last column. */
const readTable = (file: URL): LabelledRow[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cells = line.split(',');
      return { x: cells.slice(0, -1).map(Number), label: cells[cells.length - 1] };
    });
