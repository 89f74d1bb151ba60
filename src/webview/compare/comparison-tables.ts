import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import {
  betterSide,
  comparedWords,
  type DifferingRow,
  type DisagreementSlice,
  type ModelComparison,
  type Side,
} from '../../shared/results/model-comparison.ts';
import { cellWords, changeWords, intervalWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import { sliceName } from '../../shared/results/slices.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';

/** 'Trial 12', 'Ensemble': the heading of its column. */
export const sideTitle = (result: ModelComparison, side: Side): string => {
  const words = result[side].candidate === 'ensemble' ? 'ensemble' : comparedWords(result[side]);
  return `${words[0].toUpperCase()}${words.slice(1)}`;
};

export function scoresTable(result: ModelComparison): TableContent {
  return {
    caption: 'Scores of both on the same rows',
    columns: [
      { title: 'Metric' },
      { title: 'Better' },
      { title: sideTitle(result, 'first'), numeric: true },
      { title: sideTitle(result, 'second'), numeric: true },
      { title: 'Difference', numeric: true, hint: 'The second less the first, with its 95 % interval' },
    ],
    rows: result.scores.map((score): TableCell[] => {
      const better = betterSide(score);
      return [
        metricInSentence(score.metric),
        better ? sideTitle(result, better) : { text: 'cannot be told', mark: 'quiet' },
        numberWords(score.first, 4),
        numberWords(score.second, 4),
        `${changeWords(score.difference)} (${intervalWords(score.interval)})`,
      ];
    }),
  };
}

const right = ({ right: { first, second } }: DisagreementSlice): string =>
  first + second === 0 ? '' : `${numberWords(first)} : ${numberWords(second)}`;

export function slicesTable(result: ModelComparison): TableContent {
  const isRight = result.disagreement.interval ? 'Right' : 'Nearer';
  return {
    caption: 'Where they differ more than elsewhere',
    columns: [
      { title: 'Where' },
      { title: 'Rows', numeric: true },
      {
        title: 'Apart',
        numeric: true,
        hint: 'Mean distance of the predictions, on rows that the segment was not found on',
      },
      { title: 'Elsewhere', numeric: true },
      { title: `Loss, ${sideTitle(result, 'first')}`, numeric: true },
      { title: `Loss, ${sideTitle(result, 'second')}`, numeric: true },
      {
        title: isRight,
        numeric: true,
        hint: `How often each is ${isRight.toLowerCase()} on the rows in it that they disagree on`,
      },
    ],
    rows: result.slices.map((slice): TableCell[] => [
      sliceName(slice.conditions),
      `${numberWords(slice.rows)} (${percentWords(slice.share, 0)})`,
      numberWords(slice.distance),
      numberWords(slice.restDistance),
      better(slice.loss.first, slice.loss.second),
      better(slice.loss.second, slice.loss.first),
      right(slice),
    ]),
  };
}

const better = (own: number, other: number): TableCell =>
  own < other ? { text: `${numberWords(own)} ✓`, title: 'the smaller loss' } : numberWords(own);

export function differingTable(result: ModelComparison): TableContent {
  const names = Object.keys(result.differing[0]?.row ?? {});
  return {
    caption: 'Rows on which they differ the most',
    columns: [
      { title: 'Row', numeric: true },
      { title: 'Truth' },
      { title: sideTitle(result, 'first') },
      { title: sideTitle(result, 'second') },
      ...names.map((name) => ({ title: name, numeric: typeof result.differing[0].row[name] === 'number' })),
    ],
    rows: result.differing.map((row): TableCell[] => [
      String(row.rowIndex),
      cellWords(row.truth),
      said(row, 'first'),
      said(row, 'second'),
      ...names.map((name) => cellWords(row.row[name])),
    ]),
  };
}

export function said(row: DifferingRow, side: Side): TableCell {
  const { says, probability } = row[side];
  const text = probability === undefined ? cellWords(says) : `${says} ${percentWords(probability, 0)}`;
  const isWrong = probability !== undefined && String(says) !== String(row.truth);
  return isWrong ? { text: `${text} ✗`, title: `wrong: the truth is ${row.truth}` } : text;
}

export function contributionsTable(result: ModelComparison, { rowIndex, why }: DifferingRow): TableContent {
  return {
    caption: `What each column adds in row ${rowIndex}`,
    columns: [
      { title: 'Column' },
      { title: 'Value' },
      { title: sideTitle(result, 'first'), numeric: true },
      { title: sideTitle(result, 'second'), numeric: true },
    ],
    rows: why
      ? [
          ['(base)', '', numberWords(why.base.first), numberWords(why.base.second)],
          ...why.contributions.map(({ columns, value, first, second }) => [
            columns.length === 1 ? columns[0] : `${columns.length} further columns`,
            columns.length === 1 ? cellWords(value) : '',
            changeWords(first),
            changeWords(second),
          ]),
          ['(sum)', '', numberWords(why.explained.first), numberWords(why.explained.second)],
        ]
      : [],
  };
}
