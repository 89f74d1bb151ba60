import { html, nothing } from 'lit';
import { candidateWords } from '../../shared/candidate.ts';
import { byCohort, cohortTitle, ofAllRows } from '../../shared/results/cohort-results.ts';
import { type Explanation, explanationKinds } from '../../shared/results/explanation.ts';
import { finalTitles } from '../../shared/results/final-models.ts';
import type { SearchReport } from '../../shared/results/search-record.ts';
import {
  candidateOf,
  isEnsemble,
  type LeftOut,
  type ModelDetail,
  type StudyReport,
} from '../../shared/results/study.ts';
import '../robustness/robustness-report.ts';
import '../search/why.ts';
import '../trial/configuration.ts';
import '../trial/ensemble-header.ts';
import '../trial/ensemble-parts.ts';
import '../trial/explanations.ts';
import '../trial/trial-header.ts';

/** A model of the report with what it is called and where it stands. */
export interface ReportedModel {
  readonly id: string;
  readonly title: string;
  readonly detail: ModelDetail;
  /** Among the trials with a value, from 1; null where it is not known. */
  readonly rank: number | null;
  /** Shown whole, not folded: what people take away of a search. */
  readonly isMain: boolean;
}

/** The ensemble, the best trial and the best readable one; then the runners-up. */
export function reportedModels({ ensemble, trials, snapshot }: StudyReport): readonly ReportedModel[] {
  const shown = trials.map((detail, place): ReportedModel => {
    const { number } = detail.trial;
    const titles = (detail.roles ?? []).map((role, i) =>
      i === 0 ? finalTitles[role] : finalTitles[role].toLowerCase(),
    );
    const rank = snapshot.leaderboard.findIndex(({ trial }) => trial === number) + 1;
    return {
      id: `trial-${number}`,
      title: [place === 0 && titles.length === 0 ? 'Best trial' : titles.join(' and '), `trial ${number}`]
        .filter(Boolean)
        .join(': '),
      detail,
      rank: rank > 0 ? rank : null,
      isMain: place === 0 || titles.length > 0,
    };
  });
  const whole: readonly ReportedModel[] = ensemble
    ? [{ id: 'ensemble', title: finalTitles.ensemble, detail: ensemble, rank: null, isMain: true }]
    : [];
  return [...whole, ...shown.toSorted((a, b) => Number(b.isMain) - Number(a.isMain))];
}

/** The kinds that were made, in the order in which they are shown. */
export const madeKinds = ({ explanations }: ModelDetail): readonly Explanation['kind'][] =>
  explanationKinds.filter((kind) => ofAllRows(explanations).some((one) => one.kind === kind));

export const techniqueTitle = ({ techniques }: ModelDetail, kind: Explanation['kind']): string =>
  techniques.find((one) => one.kind === kind)?.title ?? kind;

interface Surroundings {
  readonly search: SearchReport | null;
  readonly leftOut: readonly LeftOut[];
}

/** All that is known of a model: its scores, every explanation that was made, how it is fooled, and what it was made with. */
export const modelParts = ({ detail, rank }: ReportedModel, { search, leftOut }: Surroundings) => html`${
  isEnsemble(detail)
    ? html`<vitrine-ensemble-header .detail=${detail} .readOnly=${true}></vitrine-ensemble-header>`
    : html`<vitrine-trial-header .detail=${detail} .rank=${rank}></vitrine-trial-header>`
}
  ${detail.hasModel ? explained(detail, leftOut) : nothing}
  <div class="part">
    <h3 class="name">${isEnsemble(detail) ? 'Composition' : 'Configuration'}</h3>
    ${
      isEnsemble(detail)
        ? html`<vitrine-ensemble-composition .detail=${detail}></vitrine-ensemble-composition>`
        : html`<vitrine-configuration .trial=${detail.trial} .objectives=${detail.objectives} .hasModel=${detail.hasModel}></vitrine-configuration>`
    }
  </div>
  ${(search?.why ?? [])
    .filter(({ trial }) => trial === candidateOf(detail))
    .map(
      (why) => html`<div class="part"><vitrine-search-why .result=${why} .readOnly=${true}></vitrine-search-why></div>`,
    )}`;

const explained = (detail: ModelDetail, leftOut: readonly LeftOut[]) => html`<div class="part">
    <h3 class="name">Explanation</h3>
    ${detail.explanations.length > 0 ? html`<vitrine-explanations .detail=${{ ...detail, explanations: ofAllRows(detail.explanations) }}></vitrine-explanations>` : html`<p class="quiet">${notExplained(detail)}</p>`}
    ${byCohort(detail.explanations).map(
      ({ cohort, explanations }) =>
        html`<details><summary>${cohortTitle(cohort)}</summary><vitrine-explanations .detail=${{ ...detail, explanations }}></vitrine-explanations></details>`,
    )}
    ${leftOut.filter(({ about }) => about === candidateOf(detail)).map(inWordsAlone)}
  </div>
  <div class="part">
    <h3 class="name">Robustness</h3>
    ${detail.robustness ? html`<vitrine-robustness .result=${detail.robustness}></vitrine-robustness>` : html`<p class="quiet">Not attacked.</p>`}
  </div>`;

const notExplained = (detail: ModelDetail): string =>
  detail.techniques.length > 0
    ? `Not explained: vitrine report FILE --explain cheap makes explanations of ${candidateWords(candidateOf(detail))}, too.`
    : 'Not explained.';

const inWordsAlone = ({ title, bytes, words }: LeftOut) => html`<section class="part">
  <h3 class="name">${title}</h3>
  <p class="quiet">Its ${(bytes / 1e6).toFixed(1)} MB are too many for this page: it is told in words alone.</p>
  <p class="told">${words}</p>
</section>`;
