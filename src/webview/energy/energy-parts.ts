import { css, html, nothing } from 'lit';
import type { EnergyReport } from '../../shared/results/energy.ts';
import { baseStyles } from '../components/base-styles.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/data-table.ts';
import { notMeasured, numberWords, quantityParts, wattHours } from '../../shared/results/numbers.ts';
import { define, VitrineElement } from '../components/element.ts';
import './cost-summary.ts';

/** One trial's cost with the parts that were metered, each by its method, and the grid row behind the CO2e. */
export class EnergyParts extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h3 {
        font-size: inherit;
        font-weight: 600;
        margin: 0 0 6px;
      }
      section + section {
        margin-top: 20px;
      }
      .narrow {
        max-width: 720px;
      }
    `,
  ];
  static override properties = { energy: { attribute: false } };
  declare energy: EnergyReport | null;

  constructor() {
    super();
    this.energy = null;
  }

  protected override render() {
    const { energy } = this;
    return html`<section>
        <h3>What did it cost</h3>
        <vitrine-cost-summary .energy=${energy}></vitrine-cost-summary>
      </section>
      ${
        energy
          ? html`<section>
              <h3>How it was metered</h3>
              ${
                energy.parts.length > 0
                  ? html`<vitrine-table class="narrow" .content=${partsTable(energy)}></vitrine-table>`
                  : html`<p class="quiet">No part was metered: energy is ${notMeasured}.</p>`
              }
            </section>
            <section>
              <h3>From energy to CO2e and money</h3>
              <vitrine-table class="narrow" .content=${factorsTable(energy)}></vitrine-table>
            </section>`
          : nothing
      }`;
  }
}

const partNames = { cpu: 'CPU', gpu: 'GPU', memory: 'Memory' } as const;

const partsTable = ({ parts }: EnergyReport): TableContent => ({
  caption: 'Metered parts',
  columns: [
    { title: 'Part' },
    { title: 'Method' },
    { title: 'Energy', numeric: true },
    { title: 'Range', numeric: true },
    { title: 'How' },
  ],
  rows: parts.map(({ part, method, wattHours: amount, interval, words }) => {
    const { value, range } = quantityParts({ value: amount, interval }, wattHours);
    return [partNames[part], method, value, range, words];
  }),
});

const factorsTable = ({ grid, pue }: EnergyReport): TableContent => ({
  caption: 'Factors',
  columns: [{ title: 'Factor' }, { title: 'Value', numeric: true }, { title: 'Source' }],
  rows: [
    [
      `Grid intensity of ${grid.name}`,
      `${numberWords(grid.gramsPerKilowattHour)} g CO2e/kWh`,
      `${grid.source}, ${grid.year}`,
    ],
    ['Power usage effectiveness', numberWords(pue), 'the experiment file'],
  ],
});
define('vitrine-energy-parts', EnergyParts);
