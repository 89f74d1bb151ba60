import { html, type TemplateResult } from 'lit';
import { notMeasured } from '../../shared/results/numbers.ts';

/** A cell for what was not measured; needs the base styles. */
export const dash: TemplateResult = html`<span class="quiet" title=${notMeasured}
  ><span aria-hidden="true">–</span><span class="unseen">${notMeasured}</span></span
>`;
