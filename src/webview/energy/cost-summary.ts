import { css, html, nothing } from 'lit';
import type { Amount, EnergyReport } from '../../shared/results/energy.ts';
import {
  grams,
  intervalWords,
  moneyWords,
  notMeasured,
  numberWords,
  secondsWords,
  wattHours,
} from '../../shared/results/numbers.ts';
import { amountParts } from '../components/amounts.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';

/** Energy, CO2e and money with their ranges, and the method behind them. */
export class CostSummary extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(104px, 1fr));
        gap: 8px 12px;
      }
      dt {
        font-size: var(--small);
        color: var(--quiet);
      }
      .value {
        font-size: calc(var(--vscode-font-size, 13px) + 3px);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .missing {
        font-size: inherit;
        color: var(--quiet);
      }
      .method {
        margin-top: 8px;
        text-wrap: pretty;
        max-width: 80ch;
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
    if (!energy) return html`<p class="quiet">Energy, CO2e and cost: ${notMeasured}.</p>`;
    const currency = energy.cost?.currency ?? '';
    return html`<dl>
        ${this.#amount('Energy', energy.wattHours, (amount) => amountParts(amount, wattHours))}
        ${this.#amount('CO2e', energy.co2Grams, (amount) => amountParts(amount, grams))}
        ${this.#amount('Cost', energy.cost, ({ value, interval }) => [
          moneyWords(value, currency),
          `${intervalWords(interval, 2)} ${currency}`,
        ])}
        ${this.#amount(
          'Time',
          { value: energy.seconds, interval: { low: energy.seconds, high: energy.seconds } },
          () => [secondsWords(energy.seconds), `CPU ${secondsWords(energy.cpuSeconds)}`],
        )}
      </dl>
      <p class="method small quiet">${energy.method} ${gridWords(energy)}</p>`;
  }

  #amount(title: string, amount: Amount | null, words: (amount: Amount) => readonly [value: string, range: string]) {
    const [value, range] = amount ? words(amount) : [notMeasured, ''];
    return html`<div>
      <dt>${title}</dt>
      <dd class="value ${amount ? '' : 'missing'}">${value}</dd>
      ${range ? html`<dd class="small quiet numbers">${range}</dd>` : nothing}
    </div>`;
  }
}

/** 'Grid: France, 56 g CO2e/kWh (2023, Our World in Data; Ember); PUE 1.2.' */
export const gridWords = ({ grid, pue }: EnergyReport): string =>
  `Grid: ${grid.name}, ${numberWords(grid.gramsPerKilowattHour)} g CO2e/kWh (${grid.year}, ${grid.source}); PUE ${numberWords(pue)}.`;
define('vitrine-cost-summary', CostSummary);
