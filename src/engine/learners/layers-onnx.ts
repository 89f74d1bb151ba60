import { activated } from '../models/onnx/activation.ts';
import type { GraphBuilder, Value } from '../models/onnx/graph-builder.ts';
import { noOnnx } from '../models/onnx/graph-rows.ts';
import type { LayerSpec, LayerWeights } from '../networks/layer-graph.ts';
import type { TableEmbeddingSpec } from '../networks/layers/table-embedding.ts';
import { convolved, normed, pooled } from './convolutions-onnx.ts';

/**
 * Rows on their way through a network: [rows x units], behind 'members' [members x rows x units]; images [rows x units x height x width] and
 * sequences [rows x units x length], whose units come before their places, as ONNX has it.
 */
export interface Flow {
  readonly value: Value;
  readonly units: number;
}

export type Weight = (name: string) => Float32Array;

/** Layers one after the other; tensors are named as `planGraph` names them. Throws a UserError for a layer that has no form here. */
export function throughLayers(graph: GraphBuilder, layers: readonly LayerSpec[], weights: LayerWeights, x: Flow): Flow {
  return throughChain(graph, layers, (name) => weights[name], x);
}

const throughChain = (graph: GraphBuilder, layers: readonly LayerSpec[], weight: Weight, x: Flow): Flow =>
  layers.reduce((flow, layer, i) => through(graph, layer, (name) => weight(`${i + 1}-${layer.kind}/${name}`), flow), x);

function through(graph: GraphBuilder, layer: LayerSpec, weight: Weight, x: Flow): Flow {
  switch (layer.kind) {
    case 'activation':
      return { ...x, value: activated(graph, layer.activation, x.value) };
    case 'average-pool':
    case 'max-pool':
      return { ...x, value: pooled(graph, layer, x.value) };
    case 'batch-norm':
      return { ...x, value: normed(graph, weight, x) };
    case 'branches': {
      const ends = layer.branches.map((branch, b) =>
        throughChain(graph, branch, (name) => weight(`branch-${b + 1}/${name}`), x),
      );
      return {
        value: graph.concat(ends.map(({ value }) => value)),
        units: ends.reduce((sum, { units }) => sum + units, 0),
      };
    }
    case 'conv1d':
    case 'conv2d':
      return convolved(graph, layer, weight, x);
    case 'dense': {
      const kernel = graph.matrix(weight('kernel'), x.units, layer.units, 'float');
      const value = graph.add(graph.matMul(x.value, kernel), graph.row(weight('bias'), 'float'));
      return { value, units: layer.units };
    }
    case 'dropout':
      return x;
    case 'global-average-pool':
    case 'global-max-pool': {
      const operator = layer.kind === 'global-max-pool' ? 'GlobalMaxPool' : 'GlobalAveragePool';
      return { ...x, value: graph.reshape(graph.node(operator, [x.value]), [-1, x.units]) };
    }
    case 'members': {
      const shape = [layer.count, 1, x.units];
      const views = graph.constant({ type: 'float', shape, values: weight('views') });
      return { ...x, value: graph.multiply(graph.reshape(x.value, [1, -1, x.units]), views) };
    }
    case 'member-dense': {
      const { count, units } = layer;
      const kernel = graph.constant({ type: 'float', shape: [count, x.units, units], values: weight('kernel') });
      const bias = graph.constant({ type: 'float', shape: [count, 1, units], values: weight('bias') });
      return { value: graph.add(graph.matMul(x.value, kernel), bias), units };
    }
    case 'residual':
      return { ...x, value: graph.add(x.value, throughChain(graph, layer.layers, weight, x).value) };
    case 'scale':
      return { ...x, value: graph.multiply(x.value, graph.row(weight('scale'), 'float')) };
    case 'table-embedding':
      return embedded(graph, layer, weight, x);
    case 'token-embedding': {
      const table = graph.matrix(weight('table'), layer.vocabulary, layer.units, 'float');
      const value = graph.node('Gather', [table, graph.cast(x.value, 'int64')]);
      return { value: graph.transpose(value, [0, 2, 1]), units: layer.units };
    }
    default:
      throw noOnnx(`a layer of kind ${layer.kind}`);
  }
}

/** Numbers and plain columns as they are, waves of the numbers, vectors of the levels: [rows x all]. */
function embedded(graph: GraphBuilder, spec: TableEmbeddingSpec, weight: Weight, { value: x }: Flow): Flow {
  const { numbers, plain, levels, levelUnits, numberUnits } = spec;
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  const parts: Value[] = [];
  if (numbers + plain > 0) parts.push(graph.columnsAt(x, range(0, numbers + plain)));
  if (numbers > 0) parts.push(waves(graph, spec, weight, graph.columnsAt(x, range(0, numbers))));
  if (levels.length > 0) {
    const starts = levels.map((_, i) => levels.slice(0, i).reduce((a, b) => a + b, 0));
    const codes = graph.cast(graph.columnsAt(x, range(numbers + plain, levels.length)), 'int64');
    const all = levels.reduce((a, b) => a + b, 0);
    const table = graph.matrix(weight('levels'), all, levelUnits, 'float');
    parts.push(graph.linesAt(table, graph.add(codes, graph.row(starts, 'int64')), levels.length * levelUnits));
  }
  return { value: graph.concat(parts), units: numbers * (1 + numberUnits) + plain + levels.length * levelUnits };
}

/** V cos(w x + b) + c of each number: [rows x numbers x waves] against [numbers x waves x units], number by number. */
function waves(graph: GraphBuilder, spec: TableEmbeddingSpec, weight: Weight, x: Value): Value {
  const { numbers, waves: count, numberUnits } = spec;
  const tensor = (name: string, shape: readonly number[]) =>
    graph.constant({ type: 'float', shape, values: weight(name) });
  const column = graph.transpose(graph.reshape(x, [-1, numbers, 1]), [1, 0, 2]);
  const angle = graph.add(
    graph.multiply(column, tensor('frequencies', [numbers, 1, count])),
    tensor('phases', [numbers, 1, count]),
  );
  const mixing = tensor('mixing', [numbers, count, numberUnits]);
  const mixed = graph.add(
    graph.matMul(graph.node('Cos', [angle]), mixing),
    tensor('offsets', [numbers, 1, numberUnits]),
  );
  return graph.reshape(graph.transpose(mixed, [1, 0, 2]), [-1, numbers * numberUnits]);
}
