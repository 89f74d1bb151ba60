import { css, html, nothing, type PropertyValues, svg } from 'lit';
import type { NetworkGraph } from '../../shared/trial.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/empty-state.ts';
import '../components/figure.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { busyBar } from '../components/progress.ts';
import { type Architecture, layOut, type PlacedLayer } from './architecture-layout.ts';

type Layer = NetworkGraph['nodes'][number];

/** The network's layers, from input to output, each focusable; wider boxes have more units. */
export class ArchitectureView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .frame {
        overflow: auto;
        padding: 4px 0;
      }
      svg {
        display: block;
      }
      rect {
        fill: var(--vscode-editorWidget-background);
        stroke: var(--vscode-contrastBorder, var(--vscode-charts-lines));
      }
      .dense rect,
      .convolution rect,
      .embedding rect {
        stroke: var(--vscode-charts-blue);
        stroke-width: 1.5;
      }
      .input rect,
      .output rect {
        stroke: var(--vscode-foreground);
        stroke-width: 1.5;
      }
      .activation rect,
      .dropout rect,
      .norm rect,
      .reshape rect {
        stroke-dasharray: 4 3;
      }
      g:focus-visible {
        outline: none;
      }
      g:focus-visible rect {
        stroke: var(--vscode-focusBorder);
        stroke-width: 3;
      }
      text {
        fill: var(--vscode-foreground);
        text-anchor: middle;
        font-size: 12px;
      }
      .under {
        fill: var(--vscode-descriptionForeground);
        font-size: 11px;
      }
      polyline {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-width: 1.25;
      }
      .arrow {
        fill: var(--vscode-descriptionForeground);
      }
    `,
  ];
  static override properties = { graph: { attribute: false }, laidOut: { state: true }, fault: { state: true } };
  declare graph: NetworkGraph | null;
  declare laidOut: Architecture | null;
  declare fault: string;

  constructor() {
    super();
    this.graph = null;
    this.laidOut = null;
    this.fault = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('graph') && this.graph) void this.#layOut(withShortLabels(this.graph));
  }

  async #layOut(graph: NetworkGraph): Promise<void> {
    try {
      const laidOut = await layOut(graph, 'DOWN');
      this.laidOut = laidOut;
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error);
    }
  }

  protected override render() {
    if (!this.graph) return nothing;
    const graph = withShortLabels(this.graph);
    return html`<vitrine-figure
      heading="Architecture"
      question="What the network is made of; fitted numbers a layer."
      .words=${architectureWords(graph)}
      .table=${layersTable(graph)}
    >
      ${this.fault ? html`<vitrine-empty-state picture="error" tone="fault" heading="The network could not be drawn" words=${this.fault} advice="Its layers are in the table."></vitrine-empty-state>` : nothing}
      ${this.laidOut ? drawing(this.laidOut, architectureWords(graph)) : this.fault ? nothing : busyBar('Drawing the network')}
    </vitrine-figure>`;
  }
}

/** 'dropout 0.43977968739521606' would make the widest box of all. */
const withShortLabels = ({ nodes, edges }: NetworkGraph): NetworkGraph => ({
  nodes: nodes.map((node) => ({
    ...node,
    label: node.label.replaceAll(/\d+\.\d{3,}/g, (digits) => numberWords(Number(digits))),
  })),
  edges,
});

const drawing = ({ width, height, layers, connections }: Architecture, words: string) => html`<div class="frame">
  <svg role="group" aria-label=${words} width=${width + 4} height=${height + 4} viewBox="-2 -2 ${width + 4} ${height + 4}">
    ${svg`<defs><marker id="arrow" class="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z"></path></marker></defs>`}
    ${connections.map((points) => svg`<polyline points=${points} marker-end="url(#arrow)"></polyline>`)}
    ${layers.map(drawLayer)}
  </svg>
</div>`;

const drawLayer = ({ layer, x, y, width, height }: PlacedLayer) => svg`<g
  class=${layer.type}
  tabindex="0"
  role="img"
  aria-label=${layerWords(layer)}
  transform="translate(${x} ${y})"
>
  <title>${layerWords(layer)}</title>
  <rect width=${width} height=${height} rx="5"></rect>
  <text x=${width / 2} y="18">${layer.label}</text>
  <text class="under" x=${width / 2} y="34">${underWords(layer)}</text>
</g>`;

const underWords = ({ units, parameters }: Layer): string =>
  `${numberWords(units)} ${units === 1 ? 'unit' : 'units'}${parameters > 0 ? ` · ${numberWords(parameters)} fitted` : ''}`;

const layerWords = (layer: Layer): string => `${layer.label}, ${layer.type}: ${underWords(layer)}`;

/** '4 layers with 4,739 fitted numbers: Input (9 units), Dense 64 relu, ..., Softmax.' */
export function architectureWords({ nodes }: NetworkGraph): string {
  const total = nodes.reduce((sum, { parameters }) => sum + parameters, 0);
  return `${nodes.length} layers with ${numberWords(total)} fitted numbers: ${nodes.map(({ label }) => label).join(', ')}.`;
}

function layersTable({ nodes, edges }: NetworkGraph): TableContent {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  return {
    caption: 'Layers of the network',
    columns: [
      { title: 'Layer' },
      { title: 'Type' },
      { title: 'Units', numeric: true },
      { title: 'Fitted numbers', numeric: true },
      { title: 'Fed by' },
    ],
    rows: nodes.map(({ id, label, type, units, parameters }) => [
      label,
      type,
      numberWords(units),
      numberWords(parameters),
      edges
        .filter(({ to }) => to === id)
        .map(({ from }) => labels.get(from) ?? from)
        .join(', '),
    ]),
  };
}
define('vitrine-architecture', ArchitectureView);
