import type { Value } from '../../models/onnx/graph-builder.ts';
import { type GraphColumn, type GraphRows, noOnnx } from '../../models/onnx/graph-rows.ts';
import { wordsIn } from '../../models/onnx/word-rows.ts';
import type { TextsState } from '../steps/texts.ts';
import type { TermState } from '../texts/term-weights.ts';
import { type WriteStep, without } from './write-step.ts';

type TextState = TextsState['columns'][number];

/** Weights of words and topics in the place of texts. Hashed words have no form: no operator reads the bytes of a text. */
export const textsOnnx: WriteStep<TextsState> = (rows, { columns }) => {
  const made = columns.flatMap((column) => numbersOfText(rows, column));
  return [
    ...without(
      rows,
      columns.map(({ name }) => name),
    ),
    ...made,
  ];
};

function numbersOfText(rows: GraphRows, column: TextState): GraphColumn[] {
  const { graph } = rows;
  if (column.outputs.length === 0) return [];
  if (column.way === 'hashing')
    throw noOnnx(
      `what hashing makes of the words of "${column.name}"`,
      'fit it again with "texts: tfidf" or "texts: topics", which can be written',
    );
  if (column.way === 'ignored') return [];
  const { name, terms, outputs } = column;
  const weights = termWeights(rows, name, terms);
  const values =
    column.way === 'tfidf'
      ? weights
      : graph.matMul(
          weights,
          graph.matrix(
            terms.terms.flatMap((_, t) => column.topics.map((topic) => topic[t])),
            terms.terms.length,
            column.topics.length,
          ),
        );
  return outputs.map((output, i) => ({ name: output, value: graph.columnsAt(values, [i]) }));
}

/** As `termWeights`: counts times rarity, to unit length; all 0 where no term stands. [rows x terms] */
function termWeights(rows: GraphRows, name: string, { terms, rarity }: TermState): Value {
  const { graph } = rows;
  const counts = graph.node(
    'TfIdfVectorizer',
    [wordsIn(rows, name)],
    {
      mode: { kind: 'text', value: 'TF' },
      min_gram_length: { kind: 'integer', value: 1 },
      max_gram_length: { kind: 'integer', value: 1 },
      max_skip_count: { kind: 'integer', value: 0 },
      ngram_counts: { kind: 'integers', values: [0] },
      ngram_indexes: { kind: 'integers', values: [...terms.keys()] },
      pool_strings: { kind: 'texts', values: terms },
    },
    'float',
  );
  const weights = graph.multiply(graph.cast(counts, 'double'), graph.row(rarity));
  const squares = graph.sum(graph.multiply(weights, weights), 1, true);
  // What is nothing stays nothing.
  return graph.divide(weights, graph.node('Sqrt', [graph.where(graph.isGreater(squares, 0), squares, 1)]));
}
