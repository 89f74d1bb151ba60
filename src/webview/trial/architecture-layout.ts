import type { ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { NetworkGraph } from '../../shared/trial.ts';

export interface PlacedLayer {
  readonly layer: NetworkGraph['nodes'][number];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Architecture {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly PlacedLayer[];
  /** Each a polyline, as 'x,y x,y ...'. */
  readonly connections: readonly string[];
}

const layerHeight = 44;

/** Layered from input to output (elkjs, Sugiyama's method); a layer's width grows with the logarithm of its units. */
export async function layOut(graph: NetworkGraph, direction: 'DOWN' | 'RIGHT'): Promise<Architecture> {
  // The layout engine is large: it is only set up once somebody looks at a network.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const laidOut: ElkNode = await new Elk().layout<ElkNode>({
    id: 'network',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.layered.spacing.nodeNodeBetweenLayers': '26',
      'elk.spacing.nodeNode': '20',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: graph.nodes.map((node) => ({
      id: node.id,
      width: layerWidth(node.label, node.units),
      height: layerHeight,
    })),
    edges: graph.edges.map(({ from, to }, index) => ({ id: `edge ${index}`, sources: [from], targets: [to] })),
  });
  const placed = new Map((laidOut.children ?? []).map((child) => [child.id, child]));
  return {
    width: laidOut.width ?? 0,
    height: laidOut.height ?? 0,
    layers: graph.nodes.map((layer) => ({ layer, ...box(placed.get(layer.id)) })),
    connections: (laidOut.edges ?? []).flatMap((edge) => (edge.sections ?? []).map(polyline)),
  };
}

export const layerWidth = (label: string, units: number): number =>
  Math.max(label.length * 7.2 + 24, 84 + 16 * Math.log2(Math.max(1, units)));

function box(node: ElkNode | undefined) {
  const { x = 0, y = 0, width = 0, height = 0 } = node ?? {};
  return { x, y, width, height };
}

interface Section {
  readonly startPoint: { readonly x: number; readonly y: number };
  readonly endPoint: { readonly x: number; readonly y: number };
  readonly bendPoints?: readonly { readonly x: number; readonly y: number }[];
}
const polyline = ({ startPoint, bendPoints = [], endPoint }: Section): string =>
  [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${x},${y}`).join(' ');
