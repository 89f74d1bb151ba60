import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../../src/engine/random.ts';
import { parseExperiment } from '../../../src/language/index.ts';
import type { Experiment } from '../../../src/shared/experiment/experiment.ts';

/** A folder with a small table of two classes that a line almost parts, and an experiment file over it. */
export function smallProject(yaml = 'budget: { trials: 6 }', rows = 120): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-run-'));
  const random = createRandom(5);
  const lines = Array.from({ length: rows }, () => {
    const [x, y] = [random.normal(), random.normal()];
    const colour = random.uniform() < 0.5 ? 'red' : 'blue';
    return `${x.toFixed(3)},${y.toFixed(3)},${colour},${x + 0.3 * random.normal() > 0 ? 'yes' : 'no'}`;
  });
  writeFileSync(join(folder, 'data.csv'), ['x,y,colour,answer', ...lines].join('\n'));
  const file = join(folder, 'small.vitrine.yaml');
  writeFileSync(file, `data: { path: data.csv, target: answer, split: { validation: { folds: 3 } } }\n${yaml}\n`);
  return { folder, file };
}

/** Reads what `smallProject` wrote, or fails with its faults. */
export function readExperiment(text: string, file: string, change: Partial<Experiment> = {}): Experiment {
  const { experiment, diagnostics } = parseExperiment(text, file);
  if (!experiment) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { ...experiment, ...change };
}
