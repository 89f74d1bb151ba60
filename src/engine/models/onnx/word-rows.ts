import type { GraphBuilder, Value } from './graph-builder.ts';
import { type GraphRows, textsIn } from './graph-rows.ts';

/** Times that neighbours are joined: texts of 16 million characters become one again. */
const joins = 24;
const lastLetter = 0x1ffff;

/** What `wordsOf` makes of a column's texts: [rows x most words + 1], filled up with empty texts. */
export function wordsIn(rows: GraphRows, name: string): Value {
  const { graph } = rows;
  const texts = textsIn(rows, name);
  return graph.shared(`words ${texts.name}`, () => {
    const words = tokens(graph, lowerCase(graph, texts), {
      tokenexp: { kind: 'text', value: '[\\p{L}\\p{M}\\p{N}_]{2,}' },
    });
    return graph.concat([words, emptied(graph, texts)]);
  });
}

/** The words of [rows x 1] texts, [rows x most words]. Not a standard operator: no standard one cuts a text anywhere but at one given text. */
function tokens(graph: GraphBuilder, texts: Value, how: Parameters<GraphBuilder['ownNode']>[2]): Value {
  const found = graph.ownNode(
    'Tokenizer',
    texts,
    {
      mark: { kind: 'integer', value: 0 },
      mincharnum: { kind: 'integer', value: 1 },
      pad_value: { kind: 'text', value: '' },
      ...how,
    },
    'string',
  );
  return graph.node('Squeeze', [found, graph.constant({ type: 'int64', shape: [1], values: [1] })]);
}

/**
 * As `toLowerCase`, letter by letter: the standard operator for it asks for a locale of the machine, and differs from one to the next.
 * @param texts [rows x 1]
 */
function lowerCase(graph: GraphBuilder, texts: Value): Value {
  const letters = graph.concat([
    tokens(graph, texts, { separators: { kind: 'texts', values: [''] } }),
    emptied(graph, texts),
  ]);
  const lower = looked(graph, letters, [...lowerLetters.keys()], [...lowerLetters.values()]);
  const others = graph.where(isEmpty(graph, lower), letters, lower);
  const final = graph.constant({ type: 'string', shape: [1, 1], values: ['ς'] });
  return joined(graph, graph.where(isFinalSigma(graph, letters), final, others));
}

/** A capital sigma behind a letter with none after it: the one letter whose lower case depends on its neighbours. @param letters end with '' */
function isFinalSigma(graph: GraphBuilder, letters: Value): Value {
  const pattern = { kind: 'text', value: '[\\p{Lu}\\p{Ll}\\p{Lt}\\p{M}]' } as const;
  const isLetter = graph.node('RegexFullMatch', [letters], { pattern }, 'bool');
  const last = graph.slice(isLetter, 1, -1);
  const before = graph.concat([last, graph.slice(isLetter, 1, 0, -1)]);
  const after = graph.concat([graph.slice(isLetter, 1, 1), last]);
  const isFinal = graph.node('And', [before, graph.node('Not', [after])]);
  return graph.node('And', [isOne(graph, letters, 'Σ'), isFinal]);
}

/** Letters of one code point by their lower case. */
const lowerLetters: ReadonlyMap<string, string> = new Map(
  Array.from({ length: lastLetter }, (_, code) => String.fromCodePoint(code))
    .map((letter): [string, string] => [letter, letter.toLowerCase()])
    .filter(([letter, lower]) => lower !== letter),
);

/** All texts of a row as one, [rows x 1]: half as many each time. */
function joined(graph: GraphBuilder, parts: Value): Value {
  const end = emptied(graph, graph.slice(parts, 1, 0, 1));
  let joining = parts;
  for (let i = 0; i < joins; i++) {
    const even = graph.slice(joining, 1, 0, undefined, 2);
    const odd = graph.slice(graph.concat([joining, end]), 1, 1, undefined, 2);
    joining = graph.node('StringConcat', [even, odd]);
  }
  return joining;
}

/** '' wherever there is a text. */
const emptied = (graph: GraphBuilder, texts: Value): Value => looked(graph, texts, [''], ['']);

/** By a table; '' where it has nothing. */
const looked = (graph: GraphBuilder, texts: Value, keys: readonly string[], values: readonly string[]): Value =>
  graph.learnedNode(
    'LabelEncoder',
    texts,
    {
      keys_strings: { kind: 'texts', values: keys },
      values_strings: { kind: 'texts', values },
      default_string: { kind: 'text', value: '' },
    },
    'string',
  );

/** Where texts are empty. */
export const isEmpty = (graph: GraphBuilder, texts: Value): Value => isOne(graph, texts, '');

/** Where texts are this one. */
const isOne = (graph: GraphBuilder, texts: Value, text: string): Value =>
  graph.cast(
    graph.learnedNode(
      'LabelEncoder',
      texts,
      {
        keys_strings: { kind: 'texts', values: [text] },
        values_int64s: { kind: 'integers', values: [1] },
        default_int64: { kind: 'integer', value: 0 },
      },
      'int64',
    ),
    'bool',
  );
