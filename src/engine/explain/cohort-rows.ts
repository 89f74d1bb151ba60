import type { CohortCondition, ColumnCondition, OutcomeCondition, Range } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import { unknownLevel } from '../../shared/cohort/parse-condition.ts';
import { UserError } from '../../shared/faults.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { countPredictions } from './counted-predictor.ts';
import { predictInParts } from './predict-in-parts.ts';
import { rowLosses } from './row-losses.ts';

/** The part that a cohort is looked for in. */
export interface CohortPart {
  readonly rows: Dataset;
  readonly name: 'validation' | 'test';
}

/**
 * Positions in the part, ascending, of the rows of which all conditions hold.
 * @param predicted what a model says of the part's rows; asked only where a condition is on that
 * Throws a UserError on a column, level, class or row that there is not, and where no row is left.
 */
export async function cohortRows(
  part: CohortPart,
  conditions: readonly CohortCondition[],
  predicted: () => Promise<Prediction>,
): Promise<Uint32Array> {
  const asked = conditions.some(asksModel) ? await predicted() : undefined;
  const { rowCount } = part.rows.features;
  const each = conditions.map((condition) => holdsOf(condition, part, asked));
  const rows = Uint32Array.from({ length: rowCount }, (_, row) => row).filter((row) =>
    each.every((holds) => holds(row)),
  );
  if (rows.length === 0) throw nothingLeft(conditions, part, each);
  return rows;
}

/** Asks a model for all rows of a part, as `cohortRows` wants it. */
export const askedOf =
  (predictor: Predictor, { rows }: CohortPart, signal: AbortSignal) =>
  (): Promise<Prediction> =>
    predictInParts(countPredictions(predictor, signal), rows.features, () => {});

const asksModel = (condition: CohortCondition): boolean =>
  condition.kind === 'predicted' ||
  condition.kind === 'right' ||
  (condition.kind === 'outcome' && condition.of !== 'actual');

type Holds = (row: number) => boolean;

function holdsOf(condition: CohortCondition, part: CohortPart, prediction: Prediction | undefined): Holds {
  if ('column' in condition) return columnHolds(condition, columnOf(part.rows, condition.column));
  if (condition.kind === 'rows') return positionHolds(condition.positions, part);
  return outcomeHolds(condition, part.rows, prediction);
}

function columnHolds(condition: ColumnCondition, column: Column): Holds {
  if (condition.kind === 'missing')
    return column.kind === 'numeric'
      ? (row) => Number.isNaN(column.values[row]) !== condition.isNot
      : (row) => column.codes[row] < 0 !== condition.isNot;
  const { missing } = condition;
  if (condition.kind === 'numbers') {
    if (column.kind !== 'numeric') throw wrongKind(column, 'has no numbers');
    return (row) => (Number.isNaN(column.values[row]) ? missing : isWithin(column.values[row], condition));
  }
  if (column.kind !== 'coded') throw wrongKind(column, 'has no levels');
  for (const level of condition.levels) if (!column.levels.includes(level)) throw noLevel(column, level);
  const wanted = new Set(condition.levels.map((level) => column.levels.indexOf(level)));
  return (row) => (column.codes[row] < 0 ? missing : wanted.has(column.codes[row]) !== condition.isNot);
}

const isWithin = (value: number, { low, high }: Range): boolean =>
  (low === null || value > low.value || (low.included && value === low.value)) &&
  (high === null || value < high.value || (high.included && value === high.value));

function outcomeHolds(condition: OutcomeCondition, { target }: Dataset, prediction: Prediction | undefined): Holds {
  if (condition.kind === 'outcome') {
    const numbers = outcomeNumbers(condition, target, prediction);
    return (row) => isWithin(numbers[row], condition);
  }
  if (target.kind !== 'classes' || prediction?.kind === 'values')
    throw new UserError('cohort-task', `a number is predicted, so there are no rows "${cohortWords([condition])}".`, {
      advice: 'Say what holds of the prediction, the residual or the loss.',
    });
  const predicted = prediction ? mostProbable(prediction.values, prediction.classCount) : target.codes;
  if (condition.kind === 'right') return (row) => (predicted[row] === target.codes[row]) !== condition.isNot;
  const wanted = new Set(condition.classes.map((name) => classAt(target.classes, name)));
  const codes = condition.kind === 'actual' ? target.codes : predicted;
  return (row) => wanted.has(codes[row]) !== condition.isNot;
}

/** [rows] */
function outcomeNumbers(
  { of, class: name }: Extract<OutcomeCondition, { kind: 'outcome' }>,
  target: Dataset['target'],
  prediction: Prediction | undefined,
): ArrayLike<number> {
  if (of === 'loss') return rowLosses(prediction!, target);
  if (of === 'prediction' && name !== undefined && prediction?.kind === 'probabilities' && target.kind === 'classes') {
    const { classCount, values } = prediction;
    const at = classAt(target.classes, name);
    return Float64Array.from(target.codes, (_, row) => values[row * classCount + at]);
  }
  if (target.kind === 'values' && name === undefined) {
    if (of === 'actual') return target.values;
    if (prediction?.kind === 'values')
      return of === 'prediction'
        ? prediction.values
        : target.values.map((truth, row) => truth - prediction.values[row]);
  }
  const told = target.kind === 'values' ? 'a number is predicted' : 'a class is predicted';
  throw new UserError(
    'cohort-task',
    `${told}, so no row has a ${of}${name === undefined ? '' : ` of ${name}`} as asked.`,
    {
      advice: target.kind === 'values' ? 'Leave the class out.' : 'Name the class whose probability is meant.',
    },
  );
}

function positionHolds(positions: readonly number[], { rows, name }: CohortPart): Holds {
  const { rowCount } = rows.features;
  const beyond = positions.find((row) => row >= rowCount);
  if (beyond !== undefined)
    throw new UserError(
      'cohort-row',
      `there is no row ${beyond}: the ${name} part has ${countWords(rowCount, 'row')}.`,
      {
        advice: `Choose from 0 to ${rowCount - 1}.`,
      },
    );
  const wanted = new Set(positions);
  return (row) => wanted.has(row);
}

/** Features, and columns that rows were grouped or ordered by. */
function columnOf({ features, keys }: Dataset, name: string): Column {
  const all = [...features.columns, ...keys.columns];
  const column = all.find((one) => one.name === name);
  if (column) return column;
  throw new UserError('cohort-column', `there is no column "${name}" in these data, or it is ignored.`, {
    advice: `Columns: ${listWords(all.slice(0, 12).map((one) => one.name))}${all.length > 12 ? ' and others' : ''}.`,
  });
}

function classAt(classes: readonly string[], name: string): number {
  const at = classes.indexOf(name);
  if (at >= 0) return at;
  throw new UserError('cohort-class', `there is no class "${name}".`, { advice: `Classes are ${listWords(classes)}.` });
}

const wrongKind = ({ name, type }: Column, what: string): UserError =>
  new UserError('cohort-column', `the column "${name}" is of type ${type}: it ${what}.`, {
    advice: 'Make the cohort anew: the data have changed since.',
  });

function noLevel({ name, levels }: Extract<Column, { kind: 'coded' }>, level: string): UserError {
  const [message, advice] = unknownLevel(name, level, levels);
  return new UserError('cohort-level', `${message}.`, { advice });
}

/** Which condition no row meets, or that none meets all of them. */
function nothingLeft(
  conditions: readonly CohortCondition[],
  { rows, name }: CohortPart,
  each: readonly Holds[],
): UserError {
  const all = Array.from({ length: rows.features.rowCount }, (_, row) => row);
  const counts = each.map((holds) => all.filter(holds).length);
  const alone = conditions.filter((_, i) => counts[i] === 0);
  const which = cohortWords(alone.length > 0 ? alone : conditions);
  const counted = conditions.map((one, i) => `${cohortWords([one])}: ${countWords(counts[i], 'row')}`);
  const rest = alone.length === 0 ? ` Each by itself has some (${counted.join('; ')}): leave one out.` : '';
  return new UserError(
    'cohort-empty',
    `the cohort is empty: none of the ${countWords(all.length, 'row')} of the ${name} part is "${which}".`,
    { advice: `Widen the condition, or look at all rows.${rest}` },
  );
}
