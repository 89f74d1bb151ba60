import { finalTitles } from '../../shared/results/final-models.ts';
import { notMeasured } from '../../shared/results/numbers.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import type { TableContent } from '../components/table-content.ts';
import { latencyOf } from './final-models-columns.ts';
import { metricTitle } from './objective.ts';

const plain = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : notMeasured);

/** The final models with every digit, for CSV; a member of the ensemble has a row of its own under it. */
export function finalModelsTable({
  name,
  finals,
}: Pick<StudySnapshot, 'name'> & { readonly finals: NonNullable<StudySnapshot['finals']> }): TableContent {
  const { metric } = finals.objective;
  return {
    caption: `Final models of ${name}`,
    columns: [
      { title: 'model' },
      { title: 'learner' },
      { title: 'trial', numeric: true },
      { title: 'weight', numeric: true },
      { title: metricTitle(metric), numeric: true },
      { title: 'test', numeric: true },
      { title: 'bytes', numeric: true },
      { title: 'ms a row', numeric: true },
      { title: 'fitted on' },
      { title: 'threshold', numeric: true },
    ],
    rows: finals.models.flatMap((model) => [
      [
        finalTitles[model.role],
        model.learner,
        model.trial === null ? '' : String(model.trial),
        '',
        plain(model.metrics[metric]),
        plain(model.testMetrics?.[metric]),
        String(model.facts.bytes),
        plain(latencyOf(model)),
        model.fitted,
        model.decision?.threshold === undefined ? '' : String(model.decision.threshold.from),
      ],
      ...(model.members ?? []).map(({ learner, trial, weight }) => [
        `Member of the ${finalTitles[model.role].toLowerCase()}`,
        learner,
        String(trial),
        String(weight),
        ...Array<string>(6).fill(''),
      ]),
    ]),
  };
}
