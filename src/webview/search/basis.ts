import { css, html, type TemplateResult } from 'lit';
import { basisWords, type SearchBasis } from '../../shared/results/search-basis.ts';
import { icon } from '../components/icon.ts';

export const basisStyles = css`
  .basis {
    display: grid;
    grid-template-columns: 16px 1fr;
    gap: 4px 6px;
    margin-top: 10px;
    max-width: 75ch;
    text-wrap: pretty;
  }
  .basis .caution {
    color: var(--warn);
  }
`;

/** The last lines of every analysis of the search: how far it can be trusted; needs `basisStyles`. */
export const basis = (result: SearchBasis): TemplateResult => html`<div class="basis small quiet">
  ${icon('beaker', 'Trust')}<span>${basisWords({ ...result, warnings: [] })}</span>
  ${result.warnings.map((warning) => html`<span class="caution">${icon('warning', 'Warning')}</span><span>${warning}</span>`)}
</div>`;
