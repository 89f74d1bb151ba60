import { html, nothing, type TemplateResult } from 'lit';
import type { SeveralModels } from '../../shared/results/study.ts';
import '../models/importance-map.ts';
import '../models/model-correlation.ts';

/** All models at once. */
export const modelsSection = ({ correlation, importances }: SeveralModels): TemplateResult => html`<section id="models">
  <h2>All models</h2>
  <vitrine-model-correlation .result=${correlation} .readOnly=${true}></vitrine-model-correlation>
  ${importances ? html`<vitrine-importance-map class="part" .result=${importances}></vitrine-importance-map>` : nothing}
</section>`;
