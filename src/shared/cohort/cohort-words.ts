import { countWords, listWords, numberWords } from '../results/numbers.ts';
import type { CohortCondition, ColumnCondition, OutcomeCondition, Range, ToldCohort } from './cohort.ts';

/** 'age above 30, at most 45, sex is female and predicted yes though it is no' */
export function cohortWords(conditions: readonly CohortCondition[]): string {
  const [mixed, others] = outcomeWords(conditions);
  const subjects = [...new Set(others.map(subjectOf))];
  const said = subjects.map((subject) => {
    const own = others.filter((one) => subjectOf(one) === subject);
    return [subject, own.map(holdsWords).join(', ')].filter(Boolean).join(' ');
  });
  return listWords([...said, ...mixed]);
}

/** 'Cohort: age above 45 (31 of 86 rows of the validation part).' */
export const toldCohortWords = ({ words, rows, of }: ToldCohort): string =>
  `Cohort: ${words} (${numberWords(rows)} of ${countWords(of, 'row')} of the part).`;

/** A class that is predicted of rows of another one is said in one; the rest is said one by one. */
function outcomeWords(conditions: readonly CohortCondition[]): [string[], readonly CohortCondition[]] {
  const only = (kind: 'actual' | 'predicted') => {
    const own = conditions.filter((one): one is ClassCondition => one.kind === kind);
    return own.length === 1 && !own[0].isNot && own[0].classes.length === 1 ? own[0] : undefined;
  };
  const [actual, predicted] = [only('actual'), only('predicted')];
  if (!actual || !predicted) return [[], conditions];
  const [truth, said] = [actual.classes[0], predicted.classes[0]];
  const words = truth === said ? `rightly predicted ${said}` : `predicted ${said} though it is ${truth}`;
  return [[words], conditions.filter((one) => one !== actual && one !== predicted)];
}

type ClassCondition = Extract<OutcomeCondition, { classes: readonly string[] }>;

function subjectOf(condition: CohortCondition): string {
  if ('column' in condition) return condition.column;
  if (condition.kind === 'predicted' || condition.kind === 'right') return 'predicted';
  if (condition.kind === 'actual') return 'actually';
  if (condition.kind === 'rows') return '';
  if (condition.of === 'prediction')
    return condition.class === undefined ? 'prediction' : `probability of ${condition.class}`;
  return { actual: 'actual value', residual: 'truth less prediction', loss: 'loss' }[condition.of];
}

function holdsWords(condition: CohortCondition): string {
  switch (condition.kind) {
    case 'numbers':
      return rangeWords(condition, condition.date === true) + (condition.missing ? ' or missing' : '');
    case 'levels':
      return levelsWords(condition);
    case 'missing':
      return condition.isNot ? 'is known' : 'is missing';
    case 'actual':
    case 'predicted':
      return `${condition.isNot ? 'not ' : ''}${anyOf(condition.classes)}`;
    case 'right':
      return condition.isNot ? 'wrong' : 'right';
    case 'outcome':
      return rangeWords(condition, false);
    case 'rows':
      return countWords(condition.positions.length, 'chosen row');
  }
}

function levelsWords({ levels, isNot, missing }: Extract<ColumnCondition, { kind: 'levels' }>): string {
  if (levels.length === 0) return isNot ? 'is known' : 'is missing';
  // Not being red holds of a missing value, too, unless it is said.
  const also = isNot === missing ? [] : ['missing'];
  return `is ${isNot ? 'not ' : ''}${anyOf([...levels, ...also])}`;
}

const mostNamed = 8;

function anyOf(names: readonly string[]): string {
  const told = names.slice(0, mostNamed).map((name) => (name === '' ? "''" : name));
  const all = names.length > mostNamed ? [...told, `${names.length - mostNamed} more`] : told;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

/** 'above 30, at most 45' */
function rangeWords({ low, high }: Range, isDate: boolean): string {
  const said = (value: number) => (isDate ? dateText(value) : numberWords(value, 4));
  if (low && high && low.value === high.value) return `is ${said(low.value)}`;
  const ends = [
    low && `${low.included ? 'at least' : 'above'} ${said(low.value)}`,
    high && `${high.included ? 'at most' : 'below'} ${said(high.value)}`,
  ].filter((end) => end !== null);
  return ends.length === 0 ? 'is known' : ends.join(', ');
}

/** A day, or a moment where it is none. */
export const dateText = (value: number): string => new Date(value).toISOString().replace('T00:00:00.000Z', '');
