import type { ColumnInfo } from '../../shared/dataset.ts';
import type { Task } from '../../shared/task.ts';
import { columnNotes } from './column-notes.ts';
import { type ColumnPlan, planColumns } from './column-plan.ts';
import { readPlanned } from './read-planned.ts';
import { type SourceOptions, withSource } from './source.ts';
import { inferTask, mostClasses } from './target.ts';

export interface TargetSuggestion {
  readonly column: string;
  readonly task: Task;
  /** Why this column, in a sentence. */
  readonly reason: string;
}

/** A table without a question yet. */
export interface DataInspection {
  readonly path: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnInfo[];
  readonly notes: readonly string[];
  /** Absent where no column can be predicted. */
  readonly suggestedTarget?: TargetSuggestion;
}

/** Looks at a table before a target is chosen: its columns as `loadDataset` would read them, and a column worth predicting. */
export function inspectData(options: SourceOptions, signal: AbortSignal): Promise<DataInspection> {
  return withSource(options, signal, async (source) => {
    const plans = await planColumns(source, {});
    const { infos, notes } = await readPlanned(source, plans);
    return {
      path: source.shown,
      rowCount: source.rowCount,
      columns: infos,
      notes: [...source.notes, ...columnNotes(plans), ...notes],
      suggestedTarget: suggestTarget(plans),
    };
  });
}

const targetNames = [
  'target',
  'label',
  'class',
  'y',
  'outcome',
  'species',
  'survived',
  'response',
  'diagnosis',
  'churn',
  'income',
  'price',
  'quality',
];

/** By name first, then the last column, as most tables have it, then the first with few classes. */
export function suggestTarget(plans: readonly ColumnPlan[]): TargetSuggestion | undefined {
  const able = plans.filter(isPredictable);
  const byName = targetNames
    .map((wanted) => able.find(({ profile }) => profile.name.toLowerCase() === wanted))
    .find((plan) => plan !== undefined);
  if (byName) return suggest(byName, `"${byName.profile.name}" is a usual name for what is predicted`);
  const last = plans.at(-1);
  if (last && able.includes(last)) return suggest(last, 'it is the last column');
  const coded = able.find(({ type }) => type === 'boolean' || type === 'category') ?? able[0];
  return (
    coded &&
    suggest(
      coded,
      coded.type === 'boolean' || coded.type === 'category'
        ? 'it is the first column of classes'
        : 'it is the first column of numbers',
    )
  );
}

function isPredictable({ profile, type }: ColumnPlan): boolean {
  if (profile.distinct < 2 || profile.present < profile.rows / 2) return false;
  if (type === 'number' || type === 'integer') return true;
  return (
    (type === 'boolean' || type === 'category') &&
    profile.distinct < profile.present / 2 &&
    profile.distinct <= mostClasses
  );
}

const suggest = ({ profile, type }: ColumnPlan, reason: string): TargetSuggestion => ({
  column: profile.name,
  task: inferTask({ name: profile.name, type, rows: profile.present, distinct: profile.distinct }).task,
  reason,
});
