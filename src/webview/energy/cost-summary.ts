import { css, html, nothing } from 'lit';
import type { Amount, EnergyReport } from '../../shared/results/energy.ts';
import {
  type AmountWords,
  grams,
  moneyParts,
  notMeasured,
  quantityParts,
  secondsWords,
  wattHours,
} from '../../shared/results/numbers.ts';
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
        line-height: 1.25;
        overflow-wrap: normal;
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
        ${this.#amount('Energy', energy.wattHours, (amount) => quantityParts(amount, wattHours))}
        ${this.#amount('CO2e', energy.co2Grams, (amount) => quantityParts(amount, grams))}
        ${this.#amount('Cost', energy.cost, (amount) => moneyParts(amount, currency))}
        ${this.#amount(
          'Time',
          { value: energy.seconds, interval: { low: energy.seconds, high: energy.seconds } },
          () => ({ value: secondsWords(energy.seconds), range: `CPU ${secondsWords(energy.cpuSeconds)}` }),
        )}
      </dl>
      <p class="method small quiet">${energy.method}</p>`;
  }

  #amount(title: string, amount: Amount | null, words: (amount: Amount) => AmountWords) {
    const { value, range } = amount ? words(amount) : { value: notMeasured, range: '' };
    return html`<div>
      <dt>${title}</dt>
      <dd class="value ${amount ? '' : 'missing'}">${value}</dd>
      ${range ? html`<dd class="small quiet numbers">${range}</dd>` : nothing}
    </div>`;
  }
}

define('vitrine-cost-summary', CostSummary);
