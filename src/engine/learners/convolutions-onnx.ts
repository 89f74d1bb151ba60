import type { GraphBuilder, Value } from '../models/onnx/graph-builder.ts';
import { epsilon } from '../networks/layers/batch-norm.ts';
import type { Conv1dSpec } from '../networks/layers/conv1d.ts';
import type { Conv2dSpec } from '../networks/layers/conv2d.ts';
import type { PoolSpec } from '../networks/layers/pool.ts';
import type { Padding } from '../networks/layers/windows.ts';
import type { Flow, Weight } from './layers-onnx.ts';

/** Filters over images or sequences; kernels change from [places x units x filters] to [filters x units x places]. */
export function convolved(graph: GraphBuilder, layer: Conv1dSpec | Conv2dSpec, weight: Weight, x: Flow): Flow {
  const { filters, size, stride = 1, padding = 'same' } = layer;
  const sides = Array.from({ length: layer.kind === 'conv1d' ? 1 : 2 }, () => size);
  const shape = [filters, x.units, ...sides];
  const values = filtersFirst(weight('kernel'), size ** sides.length, x.units, filters);
  const kernel = graph.constant({ type: 'float', shape, values });
  const bias = graph.constant({ type: 'float', shape: [filters], values: weight('bias') });
  const windows = windowAttributes(
    sides,
    sides.map(() => stride),
    padding,
  );
  return { value: graph.node('Conv', [x.value, kernel, bias], windows), units: filters };
}

function filtersFirst(kernel: Float32Array, places: number, units: number, filters: number): Float32Array {
  const result = new Float32Array(kernel.length);
  for (let place = 0, from = 0; place < places; place++)
    for (let unit = 0; unit < units; unit++)
      for (let filter = 0; filter < filters; filter++)
        result[(filter * units + unit) * places + place] = kernel[from++];
  return result;
}

/** The largest or the mean number of each window. */
export function pooled(
  graph: GraphBuilder,
  { kind, size, stride = size, padding = 'valid' }: PoolSpec,
  x: Value,
): Value {
  const windows = windowAttributes([size, size], [stride, stride], padding);
  return graph.node(kind === 'max-pool' ? 'MaxPool' : 'AveragePool', [x], windows);
}

/** Both pad as here: more at the end where it is odd. */
const windowAttributes = (sides: readonly number[], strides: readonly number[], padding: Padding) =>
  ({
    auto_pad: { kind: 'text', value: padding === 'same' ? 'SAME_UPPER' : 'VALID' },
    kernel_shape: { kind: 'integers', values: sides },
    strides: { kind: 'integers', values: strides },
  }) as const;

/** With the running statistics. */
export function normed(graph: GraphBuilder, weight: Weight, { value, units }: Flow): Value {
  const learnt = ['scale', 'shift', 'mean', 'variance'].map((name) =>
    graph.constant({ type: 'float', shape: [units], values: weight(name) }),
  );
  return graph.node('BatchNormalization', [value, ...learnt], { epsilon: { kind: 'float', value: epsilon } });
}
