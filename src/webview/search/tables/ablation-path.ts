import type { HyperparameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import { numberWords, valueWords } from '../../../shared/results/numbers.ts';
import type { Bar } from '../../charts/interval-bars.ts';

/** What is foretold at the start of the path and after each step. */
export function pathBars({ from, path = [] }: HyperparameterImportance): readonly Bar[] {
  const start = from
    ? [
        {
          label: `trial ${from.trial}, the default`,
          value: from.predicted,
          interval: from.interval,
          words: numberWords(from.predicted),
        },
      ]
    : [];
  const steps = path.map((step) => ({
    label: `${step.name}: ${valueWords(step.from)} → ${valueWords(step.to)}`,
    value: step.predicted,
    interval: step.interval,
    words: numberWords(step.predicted),
  }));
  return [...start, ...steps];
}
