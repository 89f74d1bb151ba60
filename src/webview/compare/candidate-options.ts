import { finalModel } from '../../shared/results/final-models.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { valueWords } from '../study/objective.ts';

/** What can be compared, for a select: the ensemble, then the trials, best first. */
export function candidateOptions({
  leaderboard,
  finals,
  objectives,
}: Pick<StudySnapshot, 'leaderboard' | 'finals' | 'objectives'>): { value: string; label: string }[] {
  const metric = objectives[0]?.metric ?? '';
  const ensemble = finalModel(finals, 'ensemble');
  return [
    ...(ensemble ? [{ value: 'ensemble', label: `Ensemble, ${valueWords(metric, ensemble.metrics[metric])}` }] : []),
    ...leaderboard.map(({ trial, learner, values }) => ({
      value: String(trial),
      label: `Trial ${trial}, ${learner}, ${valueWords(metric, values[0])}`,
    })),
  ];
}
