import { fairnessCriteria, fairnessInfo, fairnessName, mostGroups } from '../../shared/experiment/fairness-measure.ts';
import { columnsOf } from '../context.ts';
import { possibleTasks } from '../possible-tasks.ts';
import { scalarText } from '../scalar.ts';
import { textAt, textsAt } from '../texts.ts';
import type { CompletionInput, Offer } from './completion.ts';

/** Bounds of what groups are treated apart by: sensitive columns, or where none is named categories of few levels. */
export function fairnessOffers({ context, cursor: { source } }: CompletionInput): Offer[] {
  const sensitive = textsAt(source, ['data', 'sensitive']).map(({ text }) => text);
  const target = textAt(source, ['data', 'target'])?.text;
  const categories = (columnsOf(context.columns) ?? []).filter(
    ({ name, type, distinct = 0 }) =>
      name !== target && (type === 'category' || type === 'boolean') && distinct >= 2 && distinct <= mostGroups,
  );
  const columns = sensitive.length > 0 ? sensitive : categories.slice(0, 3).map(({ name }) => name);
  const isClassified = possibleTasks({ source, context }).some((task) => task !== 'regression');
  const criteria = isClassified ? fairnessCriteria : fairnessCriteria.slice(0, 1);
  return columns.flatMap((column) =>
    criteria.map((criterion): Offer => {
      const label = `${fairnessName({ column, criterion })} <= ${isClassified ? '0.05' : '1'}`;
      const { title, words } = fairnessInfo(fairnessName({ column, criterion }));
      return { label, kind: 'metric', detail: title, documentation: words, body: scalarText(label) };
    }),
  );
}
