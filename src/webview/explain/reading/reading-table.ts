import {
  type ModelReading,
  predictionWords,
  type RulesShape,
  type ToldWitness,
  type TreeShape,
} from '../../../shared/results/model-reading.ts';
import { changeWords, numberWords, percentWords } from '../../../shared/results/numbers.ts';
import type { TableContent } from '../../components/table-content.ts';
import { weightsTable } from './weight-bars.ts';

/** A reading as a table, whatever its shape. */
export function readingTable(result: ModelReading): TableContent {
  const { shape, scores, classes } = result;
  switch (shape.kind) {
    case 'weights':
      return weightsTable(shape, scores);
    case 'tree':
      return treeTable(shape, classes);
    case 'rules':
      return rulesTable(shape, scores, classes);
    case 'witnesses':
      return joined(shape.columns.map((column) => witnessTable(column, classes ?? [])));
    case 'constant':
      return {
        caption: 'How the model decides: the same for every row',
        columns: [{ title: classes ? 'Class' : 'Target' }, { title: 'Prediction', numeric: true }],
        rows: shape.prediction.map((value, k) => [
          classes?.[k] ?? result.target,
          classes ? percentWords(value) : numberWords(value),
        ]),
      };
  }
}

function treeTable({ nodes }: TreeShape, classes: readonly string[] | undefined): TableContent {
  return {
    caption: 'How the model decides: tree',
    columns: [
      { title: 'Node', numeric: true },
      { title: 'Question' },
      { title: 'Yes to', numeric: true },
      { title: 'No to', numeric: true },
      { title: 'Rows', numeric: true, hint: 'Training rows' },
      { title: 'Prediction' },
    ],
    rows: nodes.map(({ split, rows, prediction, folded }, node) => [
      String(node),
      split ? `${split.words}?` : folded ? `${folded} leaves folded in` : '',
      split ? String(split.yes) : '',
      split ? String(split.no) : '',
      numberWords(rows),
      predictionWords(prediction, classes),
    ]),
  };
}

function rulesTable(
  { rules }: RulesShape,
  scores: readonly string[] | undefined,
  classes: readonly string[] | undefined,
): TableContent {
  return {
    caption: 'How the model decides: rules',
    columns: [
      { title: 'Rule', numeric: true },
      { title: 'Text' },
      ...(scores ?? ['Adds']).map((title) => ({ title, numeric: true })),
      { title: 'Holds for', numeric: true },
      { title: 'Mean prediction there' },
    ],
    rows: rules.map(({ text, adds, coverage, mean }, i) => [
      String(i + 1),
      text,
      ...adds.map((value) => changeWords(value)),
      percentWords(coverage),
      mean ? predictionWords(mean, classes) : '',
    ]),
  };
}

/** What a column says of each class. */
export function witnessTable({ column, cells, inShares }: ToldWitness, classes: readonly string[]): TableContent {
  return {
    caption: column,
    columns: [
      { title: inShares ? 'Value' : 'Of the numbers' },
      ...classes.map((title) => ({
        title,
        numeric: true,
        hint: inShares ? 'Share of the rows of the class' : undefined,
      })),
    ],
    rows: cells.map(({ words, values }) => [
      words,
      ...values.map((value) => (inShares ? percentWords(value) : numberWords(value, 4))),
    ]),
  };
}

/** The tables one after the other, each row with its column's name. */
const joined = (tables: readonly TableContent[]): TableContent => ({
  caption: 'How the model decides: what each column says of the classes',
  columns: [{ title: 'Column' }, { title: 'Value' }, ...(tables[0]?.columns.slice(1) ?? [])],
  rows: tables.flatMap(({ caption, rows }) => rows.map((row) => [caption, ...row])),
});
