import { html, nothing } from 'lit';
import type { SearchReport } from '../../shared/results/search-record.ts';
import '../search/calibration.ts';
import '../search/effort.ts';
import '../search/footprint.ts';
import '../search/hyperparameter-importance.ts';
import '../search/outlook.ts';
import '../search/pareto.ts';

/** 'Why the search went this way': the drawings of what the summary says in words; what could not be computed says why. */
export const searchSection = (search: SearchReport | null) => {
  if (!search) return nothing;
  const { record, importance, footprint, outlook, missing } = search;
  const part = (content: unknown) => html`<div class="part">${content}</div>`;
  return html`<section id="why">
    <h2>Why the search went this way</h2>
    <p class="quiet">${record.search}</p>
    ${part(html`<vitrine-search-effort .result=${record.effort} .replay=${record.replay}></vitrine-search-effort>`)}
    ${part(html`<vitrine-search-calibration .result=${record.calibration}></vitrine-search-calibration>`)}
    ${importance ? part(html`<vitrine-hyperparameter-importance .result=${importance}></vitrine-hyperparameter-importance>`) : nothing}
    ${footprint ? part(html`<vitrine-search-footprint .result=${footprint}></vitrine-search-footprint>`) : nothing}
    ${record.replay.objectives
      .slice(1)
      .map((_, i) =>
        part(
          html`<vitrine-search-pareto .replay=${record.replay} .pair=${[0, i + 1]} .ended=${record.replay.ends.length}></vitrine-search-pareto>`,
        ),
      )}
    ${outlook ? part(html`<vitrine-search-outlook .result=${outlook}></vitrine-search-outlook>`) : nothing}
    ${missing.length > 0 ? part(html`<h3>Not computed</h3>${missing.map((words) => html`<p class="quiet">${words}</p>`)}`) : nothing}
  </section>`;
};
