import {
  betweenWords,
  perUnit,
  type ToldWeight,
  type WeightsShape,
  weightInterval,
} from '../../../shared/results/model-reading.ts';
import { changeWords, intervalWords, numberWords } from '../../../shared/results/numbers.ts';
import type { Bar } from '../../charts/interval-bars.ts';
import type { TableContent } from '../../components/table-content.ts';

/** What the weights add to one score, in the order of their size; hollow where the interval holds 0. */
export function weightBars({ terms }: WeightsShape, score: number): Bar[] {
  const sorted = terms.toSorted((a, b) => Math.abs(b.adds[score]) - Math.abs(a.adds[score]));
  return sorted.map((term) => {
    const interval = weightInterval(term, score);
    return {
      label: term.label,
      value: term.adds[score],
      ...(interval && { interval }),
      words: changeWords(term.adds[score]),
      look: interval && interval.low <= 0 && interval.high >= 0 ? 'hollow' : 'solid',
      note: noteWords(term, score),
    };
  });
}

/** 'from 23 to 61, +0.0216 a unit' */
function noteWords(term: ToldWeight, score: number): string | undefined {
  if (!term.between) return undefined;
  const each = perUnit(term, score);
  const unit = term.between.date ? 'day' : 'unit';
  return `${betweenWords(term.between)}${each === undefined ? '' : `, ${changeWords(each)} a ${unit}${term.straight ? '' : ' on average'}`}`;
}

export function weightsTable(
  { terms, intercept, atZero }: WeightsShape,
  scores: readonly string[] | undefined,
): TableContent {
  const each = (scores ?? ['']).map((name, k) => ({ name: scores ? [name] : [], k }));
  const perScore = (words: (k: number) => string[], label: string) =>
    each.map(({ name, k }) => [label, ...name, ...words(k)]);
  return {
    caption: 'How the model decides: weights',
    columns: [
      { title: 'Input' },
      ...(scores ? [{ title: 'Class' }] : []),
      { title: 'Between' },
      { title: 'Adds', numeric: true },
      { title: '95 % interval', numeric: true },
      { title: 'A unit', numeric: true, hint: 'A day, of dates; on average where it is bent' },
    ],
    rows: [
      ...perScore((k) => ['', numberWords(intercept[k]), '', ''], 'Every number at its middle'),
      ...(atZero ? perScore((k) => ['', numberWords(atZero[k]), '', ''], 'Every number at 0') : []),
      ...terms.flatMap((term) =>
        perScore((k) => {
          const interval = weightInterval(term, k);
          const unit = perUnit(term, k);
          return [
            term.between ? betweenWords(term.between) : '',
            changeWords(term.adds[k]),
            interval ? intervalWords(interval) : '',
            unit === undefined ? '' : changeWords(unit),
          ];
        }, term.label),
      ),
    ],
  };
}
