import type { GraphBuilder, Value } from '../../models/onnx/graph-builder.ts';
import { numbersIn } from '../../models/onnx/graph-rows.ts';
import type { DateState } from '../steps/dates.ts';
import type { WriteStep } from './write-step.ts';

const day = 86_400_000;
/** The last time that a date can be. */
const lastTime = 8.64e15;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Calendar arithmetic on doubles, all [rows x 1]: days since 1970 to a date and back, through years that begin in March. */
export const datesOnnx: WriteStep<DateState> = (rows, { columns, weekdayIsLevel }) => {
  const { graph } = rows;
  const made = columns.flatMap(({ name, parts }) => {
    const raw = numbersIn(rows, name);
    const isDate = graph.isGreater(graph.add(graph.multiply(graph.node('Abs', [raw]), -1), lastTime + 1), 0);
    const time = graph.where(isDate, raw, Number.NaN);
    const of = partsOf(graph, time);
    return parts.map(({ part, output }) => {
      const value = of[part]();
      return { name: output, value: part === 'weekday' && weekdayIsLevel ? weekdayName(graph, value) : value };
    });
  });
  return [...rows.columns, ...made];
};

function weekdayName(graph: GraphBuilder, weekday: Value): Value {
  const known = graph.where(graph.isMissing(weekday), 7, weekday);
  return graph.learnedNode(
    'LabelEncoder',
    graph.cast(known, 'int64'),
    {
      keys_int64s: { kind: 'integers', values: [...weekdays.keys()] },
      values_strings: { kind: 'texts', values: weekdays },
      default_string: { kind: 'text', value: '' },
    },
    'string',
  );
}

function partsOf(graph: GraphBuilder, time: Value) {
  const { add, subtract, multiply, divide } = graph;
  const quotient = (value: Value, by: number) => graph.node('Floor', [divide(value, by)]);
  const days = quotient(time, day);
  const inDay = subtract(time, multiply(days, day));
  const marched = marchedYear();
  const sine = (angle: Value) => graph.node('Sin', [angle]);
  const cosine = (angle: Value) => sine(add(angle, Math.PI / 2));
  const yearAngle = () => {
    const start = newYear(marched.year);
    const length = subtract(newYear(add(marched.year, 1)), start);
    const passed = subtract(time, multiply(start, day));
    return divide(multiply(passed, 2 * Math.PI), multiply(length, day));
  };
  // Whole days are whole turns.
  const dayAngle = () => multiply(inDay, (2 * Math.PI) / day);
  return {
    year: () => marched.year,
    month: () => marched.month,
    'day of month': () => marched.dayOfMonth,
    weekday: () => subtract(add(days, 4), multiply(quotient(add(days, 4), 7), 7)),
    hour: () => quotient(inDay, day / 24),
    'year, sine': () => sine(yearAngle()),
    'year, cosine': () => cosine(yearAngle()),
    'day, sine': () => sine(dayAngle()),
    'day, cosine': () => cosine(dayAngle()),
  };

  function marchedYear() {
    // 719,468 days from 0000-03-01 to 1970; 146,097 in 400 years, 36,524 in 100, 1,461 in 4.
    const z = add(days, 719_468);
    const era = quotient(z, 146_097);
    const dayOfEra = subtract(z, multiply(era, 146_097));
    const leap = subtract(
      add(subtract(dayOfEra, quotient(dayOfEra, 1460)), quotient(dayOfEra, 36_524)),
      quotient(dayOfEra, 146_096),
    );
    const yearOfEra = quotient(leap, 365);
    const before = subtract(add(multiply(yearOfEra, 365), quotient(yearOfEra, 4)), quotient(yearOfEra, 100));
    const dayOfYear = subtract(dayOfEra, before);
    const march = quotient(add(multiply(dayOfYear, 5), 2), 153);
    const isNextYear = graph.cast(graph.isGreater(march, 9.5), 'double');
    const firstOfMonth = quotient(add(multiply(march, 153), 2), 5);
    return {
      year: add(add(yearOfEra, multiply(era, 400)), isNextYear),
      month: subtract(add(march, 3), multiply(isNextYear, 12)),
      dayOfMonth: add(subtract(dayOfYear, firstOfMonth), 1),
    };
  }

  /** Days from 1970 to the first of January, the 306th day of the year that began in March. */
  function newYear(year: Value): Value {
    const marched = add(year, -1);
    const era = quotient(marched, 400);
    const yearOfEra = subtract(marched, multiply(era, 400));
    const leap = subtract(quotient(yearOfEra, 4), quotient(yearOfEra, 100));
    const dayOfEra = add(add(multiply(yearOfEra, 365), leap), 306);
    return subtract(add(multiply(era, 146_097), dayOfEra), 719_468);
  }
}
