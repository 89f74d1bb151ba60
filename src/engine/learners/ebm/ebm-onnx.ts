import { binRows } from '../../models/onnx/bin-rows.ts';
import type { Value } from '../../models/onnx/graph-builder.ts';
import { fromScores } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { EbmState } from './ebm.ts';

/** The intercept and every graph's height at the row's cell. */
export const ebmOnnx: WriteOnnx<EbmState> = (
  rows,
  { columns, shapes },
  { intercept, tables },
  { task, outputs: classes },
) => {
  const { graph } = rows;
  const outputs = intercept.length;
  const bins = binRows(rows, columns);
  let scores = graph.repeated(graph.row(intercept), outputs, rows.columns[0].value);
  let from = 0;
  for (const shape of shapes) {
    const size = shape.kind === 'pair' ? shape.groups[0].count * shape.groups[1].count : shape.bins;
    const table = Float64Array.from(
      { length: size * outputs },
      (_, i) => tables[from + (i % outputs) * size + Math.floor(i / outputs)],
    );
    const cells = shape.kind === 'pair' ? cellsOfPair(shape) : bins[shape.column];
    scores = graph.add(scores, graph.linesAt(graph.matrix(table, size, outputs), cells, outputs));
    from += size * outputs;
  }
  return task === 'regression' ? scores : fromScores(graph, scores, classes, outputs);

  function cellsOfPair({ groups: [first, second] }: Extract<EbmState['shapes'][number], { kind: 'pair' }>): Value {
    const [lines, places] = [first, second].map(({ column, groupOf }) => {
      const table = graph.constant({ type: 'int64', shape: [groupOf.length, 1], values: groupOf });
      return graph.linesAt(table, bins[column], 1);
    });
    return graph.add(graph.multiply(lines, second.count), places);
  }
};
