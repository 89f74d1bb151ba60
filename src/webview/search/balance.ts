import { css, html, svg, type TemplateResult } from 'lit';
import { changeWords } from '../../shared/results/numbers.ts';
import { barScale } from '../charts/interval-bars.ts';
import { breakable } from '../components/breakable.ts';

/** How far one hyperparameter was chosen for what is known and for what is not. */
export interface Balance {
  readonly name: string;
  readonly exploit: number;
  readonly explore: number;
}

export const balanceStyles = css`
  .balances {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(60px, 1fr) max-content;
    gap: 4px 12px;
    align-items: center;
  }
  .balances svg {
    display: block;
    width: 100%;
    height: 22px;
  }
  .balances .exploit {
    fill: var(--vscode-charts-green);
  }
  .balances .explore {
    fill: none;
    stroke: var(--vscode-charts-blue);
    stroke-width: 1.5;
  }
  .balances .zero {
    stroke: var(--vscode-charts-lines);
  }
  .key {
    display: inline-block;
    width: 14px;
    height: 8px;
    margin: 0 3px 0 6px;
    border: 1.5px solid var(--vscode-charts-blue);
  }
  .key.filled {
    border-color: var(--vscode-charts-green);
    background: var(--vscode-charts-green);
  }
`;

/** Two bars a hyperparameter from a common zero: filled for exploit, an outline for explore; needs `balanceStyles`. */
export function balances(of: readonly Balance[]): TemplateResult {
  const ends = of.flatMap(({ exploit, explore }) => [exploit, explore]);
  const { share } = barScale(ends.map((value) => ({ label: '', value, words: '' })));
  const bar = (kind: 'exploit' | 'explore', value: number) => {
    const [zero, end] = [share(0), share(value)];
    const y = kind === 'exploit' ? 2 : 13;
    return svg`<rect class=${kind} x="${Math.min(zero, end)}%" y=${y} width="${Math.abs(end - zero)}%" height="7"></rect>`;
  };
  return html`<p class="small quiet">
      <span class="key filled"></span>exploit: better by what is known<span class="key"></span>explore: more is unknown
    </p>
    <div class="balances">
      ${of.map(
        ({ name, exploit, explore }) => html`<span>${breakable(name)}</span>
          <svg role="img" aria-label="${name}: exploit ${changeWords(exploit)}, explore ${changeWords(explore)}">
            <line class="zero" x1="${share(0)}%" x2="${share(0)}%" y1="0" y2="22"></line>
            ${bar('exploit', exploit)} ${bar('explore', explore)}
          </svg>
          <span class="small numbers quiet">${changeWords(exploit)} / ${changeWords(explore)}</span>`,
      )}
    </div>`;
}
