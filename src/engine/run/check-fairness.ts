import { mostGroups, smallestGroup } from '../../shared/experiment/fairness-measure.ts';
import { UserError } from '../../shared/faults.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';
import { groupColumn } from '../fairness/group-column.ts';
import { groupsOf, membersOf } from '../fairness/grouping.ts';
import { fairnessWishes, judgedColumns } from './fairness-wishes.ts';
import type { TableExperiment } from './prepare-data.ts';

/** Throws a UserError where the rows do not allow what the experiment asks of fairness. */
export function checkFairness(experiment: TableExperiment, development: Dataset, test: Dataset | null): void {
  const place = { file: experiment.file };
  const { measures, thresholds } = fairnessWishes(experiment);
  const { task } = development.info;
  for (const name of judgedColumns(experiment)) checkGroups(groupColumn(development, name), place.file);
  const strict = measures.find(({ criterion }) => criterion !== 'demographic-parity');
  if (strict && task === 'regression')
    throw new UserError(
      'fairness-task',
      `\`${strict.criterion}\` compares rates of classes, and a number is predicted.`,
      {
        place,
        advice: `Write fairness(${strict.column}) for the difference of the groups' mean predictions.`,
      },
    );
  if (thresholds && task !== 'binary')
    throw new UserError(
      'fairness-task',
      `\`mitigation: thresholds\` decides between two classes, and this is ${task}.`,
      {
        place,
        advice: 'Write `mitigation: reweight`, or bound fairness by a constraint alone.',
      },
    );
  if (experiment.mitigation.reweight === 'always' && task === 'regression')
    throw new UserError('fairness-task', '`mitigation: reweight` weighs classes, and a number is predicted.', {
      place,
      advice: 'Take it out; a constraint such as fairness(sex) <= 1000 bounds the difference of mean predictions.',
    });
  if (thresholds && test) groupColumn(test, thresholds.column);
}

function checkGroups(column: Column, file: string): void {
  const place = { file };
  const shown = `"${column.name}"`;
  if (column.kind === 'coded' && column.levels.length > mostGroups)
    throw new UserError(
      'fairness-groups',
      `${shown} has ${column.levels.length} levels; groups by more than ${mostGroups} are too small to be held together.`,
      { place, advice: 'Join its levels into fewer groups, or compare by another column.' },
    );
  const large = membersOf(groupsOf(column, mostGroups)).filter((rows) => rows.length >= smallestGroup);
  if (large.length >= 2) return;
  throw new UserError(
    'fairness-groups',
    `${shown} has fewer than two groups of ${smallestGroup} rows or more: there is nothing to compare.`,
    { place, advice: 'Compare by another column, or gather more rows of the small groups.' },
  );
}
