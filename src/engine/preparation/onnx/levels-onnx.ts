import { type GraphRows, placesIn } from '../../models/onnx/graph-rows.ts';
import type { EncodingState } from '../steps/encoding.ts';
import { type RareState, rare } from '../steps/rare-levels.ts';
import { type WriteStep, without, withReplaced } from './write-step.ts';

/** Every level that is not kept becomes one and the same; missing stays missing. */
export const rareLevelsOnnx: WriteStep<RareState> = (rows, { columns }) =>
  withReplaced(
    rows,
    columns.map(({ name, kept }) => ({ name, value: keptOnly(rows, name, kept) })),
  );

function keptOnly(rows: GraphRows, name: string, kept: readonly string[]) {
  const places = new Map(kept.map((level, i) => [level, i]));
  const levels = [...kept, ''];
  return rows.graph.learnedNode(
    'LabelEncoder',
    placesIn(rows, name, places, kept.length, kept.length + 1),
    {
      keys_int64s: { kind: 'integers', values: [...levels.keys()] },
      values_strings: { kind: 'texts', values: levels },
      default_string: { kind: 'text', value: rare },
    },
    'string',
  );
}

/** Each level's numbers, looked up by its place. */
export const encodingOnnx: WriteStep<EncodingState> = (rows, { columns }) => {
  const { graph } = rows;
  const made = columns.flatMap(({ name, levels, values, outputs }) => {
    const known = new Map(levels.map((level, i) => [level, i]));
    const places = placesIn(rows, name, known, levels.length, levels.length + 1);
    return outputs.map((output, k) => {
      const table = values[k].map((value) => value ?? Number.NaN);
      return { name: output, value: graph.linesAt(graph.matrix(table, table.length, 1), places, 1) };
    });
  });
  const gone = columns.map(({ name }) => name);
  return [...without(rows, gone), ...made];
};
