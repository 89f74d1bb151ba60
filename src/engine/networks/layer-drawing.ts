import type { NetworkGraph } from '../../shared/trial.ts';
import { type LayerGraph, type LayerSpec, planGraph } from './layer-graph.ts';
import { type RowShape, sizeOf } from './layers/plan.ts';

type Node = NetworkGraph['nodes'][number];
type Edge = NetworkGraph['edges'][number];

/** What the trial panel draws: each layer a node with the units that leave it; residual blocks and branches part and meet again. */
export function layerDrawing(graph: LayerGraph, outputs: string): NetworkGraph {
  const drawing = new Drawing();
  const inputs = sizeOf(graph.input);
  drawing.add({ id: 'input', type: 'input', label: `${graph.input.join(' x ')} inputs`, units: inputs, parameters: 0 });
  const last = graph.layers.length - 1;
  const { from, shape } = drawing.chain(graph.layers.slice(0, last), 'input', graph.input, '');
  const spec = graph.layers[last];
  const plan = planGraph({ input: shape, layers: [spec] });
  drawing.add(
    { id: 'output', type: 'output', label: outputs, units: sizeOf(plan.output), parameters: learnt(spec, shape) },
    from,
  );
  return { nodes: drawing.nodes, edges: drawing.edges };
}

/** Numbers that a layer learns by descent. */
const learnt = (spec: LayerSpec, input: RowShape): number =>
  planGraph({ input, layers: [spec] }).parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

class Drawing {
  readonly nodes: Node[] = [];
  readonly edges: Edge[] = [];

  add(node: Node, ...from: string[]): void {
    this.nodes.push(node);
    for (const each of from) this.edges.push({ from: each, to: node.id });
  }

  /** Draws layers one after the other behind the node `from`; the last node and the shape of its rows. */
  chain(
    layers: readonly LayerSpec[],
    from: string,
    input: RowShape,
    prefix: string,
  ): { from: string; shape: RowShape } {
    let shape = input;
    for (const [i, spec] of layers.entries()) {
      from = this.#layer(spec, from, shape, `${prefix}${spec.kind}-${i + 1}`);
      shape = planGraph({ input: shape, layers: [spec] }).output;
    }
    return { from, shape };
  }

  #layer(spec: LayerSpec, from: string, input: RowShape, id: string): string {
    const units = sizeOf(planGraph({ input, layers: [spec] }).output);
    if (spec.kind === 'residual') {
      const end = this.chain(spec.layers, from, input, `${id}/`).from;
      this.add({ id, type: 'sum', label: 'sum', units, parameters: 0 }, from, end);
    } else if (spec.kind === 'branches') {
      const ends = spec.branches.map((layers, i) => this.chain(layers, from, input, `${id}/${i + 1}/`).from);
      this.add({ id, type: 'join', label: 'side by side', units, parameters: 0 }, ...ends);
    } else {
      this.add({ id, ...wordsOf(spec), units, parameters: learnt(spec, input) }, from);
    }
    return id;
  }
}

type Plain = Exclude<LayerSpec, { kind: 'residual' | 'branches' }>;

function wordsOf(spec: Plain): Pick<Node, 'type' | 'label'> {
  switch (spec.kind) {
    case 'activation':
      return { type: 'activation', label: spec.activation };
    case 'average-pool':
    case 'max-pool':
      return { type: 'pool', label: `${spec.kind === 'max-pool' ? 'largest' : 'mean'} of ${spec.size} x ${spec.size}` };
    case 'global-average-pool':
    case 'global-max-pool':
      return { type: 'pool', label: `${spec.kind === 'global-max-pool' ? 'largest' : 'mean'} of all places` };
    case 'batch-norm':
    case 'layer-norm':
      return { type: 'norm', label: spec.kind.replace('-', ' ') };
    case 'conv1d':
      return { type: 'convolution', label: `${spec.filters} filters of ${spec.size}` };
    case 'conv2d':
      return { type: 'convolution', label: `${spec.filters} filters of ${spec.size} x ${spec.size}` };
    case 'depthwise-conv2d':
      return { type: 'convolution', label: `a filter of ${spec.size} x ${spec.size} a channel` };
    case 'dense':
      return { type: 'dense', label: `dense ${spec.units}` };
    case 'dropout':
      return { type: 'dropout', label: `dropout ${spec.rate}` };
    case 'flatten':
      return { type: 'reshape', label: 'flatten' };
    case 'member-dense':
      return { type: 'dense', label: `dense ${spec.units}, one a member` };
    case 'members':
      return { type: 'members', label: `${spec.count} members` };
    case 'scale':
      return { type: 'norm', label: 'scale of each input' };
    case 'table-embedding':
      return { type: 'embedding', label: 'embedding of columns' };
    case 'token-embedding':
      return { type: 'embedding', label: `embedding of ${spec.vocabulary} tokens` };
  }
}
