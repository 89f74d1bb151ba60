import { isEnsemble, membersOf } from '../ensembles/ensemble-model.ts';
import { combinedOnnx, meanOnnx } from '../ensembles/ensemble-onnx.ts';
import type { GroupDecision } from '../fairness/group-decision.ts';
import type { ModelBundle } from '../models/model.ts';
import { GraphBuilder, type Value } from '../models/onnx/graph-builder.ts';
import { type GraphColumn, type GraphRows, noOnnx } from '../models/onnx/graph-rows.ts';
import { pictureWords } from '../models/onnx/picture-rows.ts';
import { version } from '../version.ts';
import { learnerNamed } from './learners.ts';

/**
 * A saved model as an ONNX file. One input a raw column, [rows x 1]: double for numbers, integers and dates (milliseconds since 1970 UTC),
 * NaN where missing; string for the others, empty where missing; images as
 * decoded pictures (`pictureWords`). Outputs: `label` [rows] and `probabilities` [rows x classes], or `value`
 * [rows x 1]. Throws a UserError where the model, or how its data are prepared, has no form in ONNX.
 */
export const onnxOf = async (bundle: ModelBundle): Promise<Uint8Array> => (await onnxModelOf(bundle)).bytes;

/** The same with what a person must know who runs it. */
export async function onnxModelOf(bundle: ModelBundle): Promise<{ bytes: Uint8Array; notes: readonly string[] }> {
  const names = bundle.columns.map(({ name }) => name);
  const outputName = (wanted: string) => {
    let name = wanted;
    while (names.includes(name)) name += '_';
    return name;
  };
  const [label, probabilities, value] = ['label', 'probabilities', 'value'].map(outputName);
  const graph = new GraphBuilder([...names, label, probabilities, value]);
  const rows = { graph, columns: bundle.columns.map((column) => inputColumn(graph, column)) };
  const predicted = await written(bundle, rows);
  const { classes, promises } = bundle;
  if (classes) {
    graph.output(label, labels(graph, predicted, classes, promises?.decision?.weights));
    graph.output(probabilities, predicted, classes.length);
  } else graph.output(value, predicted, 1);
  const bytes = graph.finish(bundle.learner, version, {
    learner: bundle.learner,
    data: bundle.dataHash,
    seed: String(bundle.seed),
    columns: JSON.stringify(bundle.columns.map(({ name, type }) => ({ name, type }))),
    ...(bundle.edits && { edits: JSON.stringify(bundle.edits) }),
  });
  return { bytes, notes: notesOn(bundle, graph) };
}

function notesOn({ columns, promises }: ModelBundle, graph: GraphBuilder): string[] {
  const pictures = columns.filter(({ type }) => type === 'image').map(({ name }) => `"${name}"`);
  const notes: string[] = [];
  if (pictures.length > 0)
    notes.push(`It does not decode image files. It takes as ${pictures.join(' and ')}: ${pictureWords}`);
  if (promises?.byGroup)
    notes.push(
      `Its label is the most probable class: the model's thresholds for each group of "${promises.byGroup.column}" are not part of it; apply them to its probabilities (${thresholdsWords(promises.byGroup)}).`,
    );
  if (graph.needsOnnxruntime)
    notes.push(
      'It finds the words of texts by an operator that onnxruntime has (Tokenizer) and other runtimes may not.',
    );
  return notes;
}

const thresholdsWords = ({ groups, thresholds }: GroupDecision): string =>
  groups.names.map((name, g) => `${name} ${thresholds[g] === null ? 'never' : `above ${thresholds[g]}`}`).join(', ');

function inputColumn(graph: GraphBuilder, { name, type }: ModelBundle['columns'][number]): GraphColumn {
  if (type === 'image') return { name, value: graph.pictures(name, pictureWords) };
  if (type !== 'number' && type !== 'integer' && type !== 'date') return { name, value: graph.input(name, 'string') };
  const raw = graph.input(name, 'double');
  return { name, value: graph.where(graph.node('IsInf', [raw], {}, 'bool'), Number.NaN, raw) };
}

async function written(bundle: ModelBundle, rows: GraphRows): Promise<Value> {
  if (isEnsemble(bundle)) {
    const { members, combination } = membersOf(bundle);
    const means: Value[] = [];
    for (const models of members) {
      const own: Value[] = [];
      for (const model of models) own.push(await written(model, rows));
      means.push(meanOnnx(rows.graph, own));
    }
    return combinedOnnx(rows.graph, combination, means, bundle.classes !== undefined);
  }
  const learner = await learnerNamed(bundle.learner);
  if (!learner.onnx) throw noOnnx(`a model of learner "${learner.name}"`);
  return learner.onnx(bundle, rows);
}

/** The class whose probability times its weight is largest, the first of equals. [rows] */
function labels(
  graph: GraphBuilder,
  probabilities: Value,
  classes: readonly string[],
  weights: readonly number[] | undefined,
): Value {
  const weighed = weights ? graph.multiply(probabilities, graph.row(weights)) : probabilities;
  const most = graph.node(
    'ArgMax',
    [weighed],
    { axis: { kind: 'integer', value: 1 }, keepdims: { kind: 'integer', value: 0 } },
    'int64',
  );
  return graph.node('Gather', [graph.constant({ type: 'string', shape: [classes.length], values: classes }), most]);
}
