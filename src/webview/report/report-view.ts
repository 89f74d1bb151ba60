import { html, nothing } from 'lit';
import type { SearchReport } from '../../shared/results/search-record.ts';
import type { StudyReport, TrialDetail } from '../../shared/results/study.ts';
import { studyReportWords } from '../../shared/results/study-report-words.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../energy/energy-parts.ts';
import '../energy/study-energy.ts';
import '../robustness/robustness-report.ts';
import '../search/why.ts';
import '../study/awesome-results.ts';
import '../study/best-result.ts';
import '../study/best-so-far.ts';
import '../study/data-findings.ts';
import '../study/final-models.ts';
import '../study/leaderboard.ts';
import '../study/run-header.ts';
import '../study/study-notes.ts';
import '../trial/configuration.ts';
import '../trial/explanations.ts';
import '../trial/trial-header.ts';
import { columnsTable } from './columns-table.ts';
import { reportStyles } from './report-styles.ts';
import { ReportTheme } from './report-theme.ts';
import { searchSection } from './search-section.ts';

/** The self-contained page: a study from its question to its method, drawn by the editor's own components. */
export class ReportView extends VitrineElement {
  static override styles = [baseStyles, reportStyles];
  static override properties = { report: { attribute: false } };
  declare report: StudyReport | null;
  readonly #theme = new ReportTheme();

  constructor() {
    super();
    this.report = null;
    this.addController(this.#theme);
  }

  protected override render() {
    const { report } = this;
    if (!report) return nothing;
    const [best, ...others] = report.trials;
    return html`<main>
      ${this.#title(report)} ${summary(report)} ${search(report)} ${best ? trialSection(best, report.search) : nothing}
      ${searchSection(report.search)} ${cost(report)} ${data(report)} ${others.length > 0 ? runnersUp(others, report.search) : nothing} ${method(report)}
    </main>`;
  }

  #title({ snapshot, madeAt }: StudyReport) {
    return html`<header>
      <div>
        <p class="small quiet">Vitrine report</p>
        <h1>${snapshot.name}</h1>
        <p class="small quiet">Made ${dateWords(madeAt)} from ${fileName(snapshot.file)}</p>
      </div>
      <div class="row actions">
        ${button({ label: 'Light or dark', icon: 'colorMode', secondary: true, onClick: () => this.#theme.toggle() })}
        ${button({ label: 'Print', icon: 'note', secondary: true, onClick: () => print() })}
      </div>
    </header>`;
  }
}

const dateWords = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const summary = (report: StudyReport) => html`<section class="summary">
  <h2>In words</h2>
  <dl>
    ${studyReportWords(report).map(
      ({ title, words }) => html`<dt>${title}</dt>
        <dd>${words}</dd>`,
    )}
  </dl>
</section>`;

const search = ({ snapshot }: StudyReport) => html`<section>
    <h2>The search</h2>
    <vitrine-run-header .snapshot=${snapshot} .readOnly=${true}></vitrine-run-header>
    <div class="sides">
      <vitrine-best-result .snapshot=${snapshot} .readOnly=${true}></vitrine-best-result>
      <vitrine-best-so-far .snapshot=${snapshot}></vitrine-best-so-far>
    </div>
  </section>
  ${snapshot.awesome ? html`<section><vitrine-awesome-results .result=${snapshot.awesome} .readOnly=${true}></vitrine-awesome-results></section>` : nothing}
  ${snapshot.finals ? html`<section><vitrine-final-models .snapshot=${snapshot} .readOnly=${true}></vitrine-final-models></section>` : nothing}
  <section><vitrine-leaderboard .snapshot=${snapshot} .readOnly=${true}></vitrine-leaderboard></section>`;

const trialSection = (detail: TrialDetail, search: SearchReport | null) => html`<section>
  <vitrine-trial-header .detail=${detail} .rank=${1}></vitrine-trial-header>
  ${trialParts(detail, search)}
</section>`;

const trialParts = (
  detail: TrialDetail,
  search: SearchReport | null,
) => html`${detail.hasModel ? modelParts(detail) : nothing}
  <div class="part">
    <h2>Configuration</h2>
    <vitrine-configuration .trial=${detail.trial} .objectives=${detail.objectives} .hasModel=${detail.hasModel}></vitrine-configuration>
  </div>
  ${(search?.why ?? [])
    .filter(({ trial }) => trial === detail.trial.number)
    .map(
      (why) => html`<div class="part"><vitrine-search-why .result=${why} .readOnly=${true}></vitrine-search-why></div>`,
    )}`;

const modelParts = (detail: TrialDetail) => html`<div class="part">
    <h2>Explanation</h2>
    ${detail.explanations.length > 0 ? html`<vitrine-explanations .detail=${detail}></vitrine-explanations>` : html`<p class="quiet">Not explained.</p>`}
  </div>
  <div class="part">
    <h2>Robustness</h2>
    ${detail.robustness ? html`<vitrine-robustness .result=${detail.robustness}></vitrine-robustness>` : html`<p class="quiet">Not attacked.</p>`}
  </div>`;

const cost = ({ energy }: StudyReport) => html`<section>
  <h2>Cost of the search</h2>
  <vitrine-energy-parts .energy=${energy.total}></vitrine-energy-parts>
  <vitrine-study-energy class="part" .energy=${energy}></vitrine-study-energy>
</section>`;

const data = ({ snapshot }: StudyReport) =>
  snapshot.data
    ? html`<section>
        <h2>Data</h2>
        <vitrine-table .content=${columnsTable(snapshot.data)}></vitrine-table>
        <p class="small quiet quality">Hash of the data: ${snapshot.data.hash}</p>
        ${snapshot.findings ? html`<vitrine-data-findings class="part" .result=${snapshot.findings}></vitrine-data-findings>` : nothing}
      </section>`
    : nothing;

const runnersUp = (details: readonly TrialDetail[], search: SearchReport | null) => html`<section>
  <h2>Runners-up</h2>
  ${details.map(
    (detail, index) => html`<details>
      <summary>Trial ${detail.trial.number}, ${detail.trial.learner}, rank ${index + 2}</summary>
      <vitrine-trial-header .detail=${detail} .rank=${index + 2}></vitrine-trial-header>
      ${trialParts(detail, search)}
    </details>`,
  )}
</section>`;

const method = ({ snapshot }: StudyReport) => html`<section>
  <h2>Method</h2>
  <vitrine-study-notes .snapshot=${snapshot}></vitrine-study-notes>
  <p class="method">
    Trials are judged on validation rows; the test part is scored once, for the models that the search ends with, after
    everything was chosen. Intervals are 95 %. Robust accuracy is an upper bound found by attacks, not a guarantee. Energy,
    CO2e and cost are ranges with their method. This page holds its data itself and contacts nobody.
  </p>
</section>`;
define('vitrine-report', ReportView);
