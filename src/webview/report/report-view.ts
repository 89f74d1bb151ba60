import { html, nothing } from 'lit';
import type { StudyReport } from '../../shared/results/study.ts';
import { studySummaryWords } from '../../shared/results/study-report-words.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { codeWords } from '../components/code-words.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import { figureWords } from '../components/figure-words.ts';
import '../energy/energy-parts.ts';
import '../energy/study-energy.ts';
import '../study/awesome-results.ts';
import '../study/best-result.ts';
import '../study/best-so-far.ts';
import '../study/data-findings.ts';
import '../study/fairness-front.ts';
import '../study/final-models.ts';
import '../study/leaderboard.ts';
import '../study/run-header.ts';
import '../study/study-notes.ts';
import { columnsTable } from './columns-table.ts';
import { contents, type Entry, goTo } from './contents.ts';
import { modelsSection } from './models-section.ts';
import { PrintedWhole } from './printed-whole.ts';
import { madeKinds, modelParts, type ReportedModel, reportedModels, techniqueTitle } from './report-models.ts';
import { reportStyles } from './report-styles.ts';
import { ReportTheme } from './report-theme.ts';
import { searchSection } from './search-section.ts';
import './verdict-list.ts';

/** The self-contained page: a study from its question to its method, drawn by the editor's own components. */
export class ReportView extends VitrineElement {
  static override styles = [baseStyles, reportStyles];
  static override properties = { report: { attribute: false }, inWords: { state: true } };
  declare report: StudyReport | null;
  /** Figures tell their words beside the drawing. */
  declare inWords: boolean;
  readonly #theme = new ReportTheme();

  constructor() {
    super();
    this.report = null;
    this.inWords = true;
    figureWords.show(true);
    this.addController(this.#theme);
    this.addController(new PrintedWhole(this));
  }

  protected override firstUpdated(): void {
    const asked = location.hash.slice(1);
    if (asked) void this.updateComplete.then(() => goTo(this.renderRoot, decodeURIComponent(asked)));
  }

  protected override render() {
    const { report } = this;
    if (!report) return nothing;
    const models = reportedModels(report);
    const others = models.filter(({ isMain }) => !isMain);
    return html`<main>
      ${this.#title(report)} ${contents(entriesOf(report, models), this.#go)} ${summary(report)} ${verdicts(report)} ${search(report)}
      ${models.filter(({ isMain }) => isMain).map((model) => modelSection(model, report))}
      ${report.models ? modelsSection(report.models) : nothing} ${searchSection(report.search)} ${cost(report)} ${data(report)} ${others.length > 0 ? runnersUp(others, report) : nothing} ${method(report)}
    </main>`;
  }

  readonly #go = (id: string, tag?: string): void => goTo(this.renderRoot, id, tag);

  #title({ snapshot, madeAt }: StudyReport) {
    return html`<header>
      <div>
        <p class="small quiet">Vitrine report</p>
        <h1>${snapshot.name}</h1>
        <p class="small quiet">Made ${dateWords(madeAt)} from ${fileName(snapshot.file)}</p>
      </div>
      <div class="row actions">
        ${button({ label: this.inWords ? 'Drawings alone' : 'Drawings and words', icon: 'comment', secondary: true, onClick: this.#toggleWords })}
        ${button({ label: 'Light or dark', icon: 'colorMode', secondary: true, onClick: () => this.#theme.toggle() })}
        ${button({ label: 'Print', icon: 'note', secondary: true, onClick: () => print() })}
      </div>
    </header>`;
  }

  readonly #toggleWords = (): void => {
    this.inWords = !this.inWords;
    figureWords.show(this.inWords);
  };
}

function entriesOf(
  { snapshot, search: searched, models: all }: StudyReport,
  models: readonly ReportedModel[],
): readonly Entry[] {
  const main = models.filter(({ isMain }) => isMain);
  const partsOf = ({ detail }: ReportedModel) => [
    ...madeKinds(detail).map((kind) => ({ tag: `vitrine-${kind}`, title: techniqueTitle(detail, kind) })),
    ...(detail.robustness ? [{ tag: 'vitrine-robustness', title: 'Robustness' }] : []),
  ];
  return [
    { id: 'summary', title: 'In words' },
    { id: 'verdicts', title: 'A line for every check' },
    { id: 'search', title: 'The search' },
    ...main.map((model) => ({ id: model.id, title: model.title, parts: partsOf(model) })),
    ...(all ? [{ id: 'models', title: 'All models' }] : []),
    ...(searched ? [{ id: 'why', title: 'Why the search went this way' }] : []),
    { id: 'cost', title: 'Cost of the search' },
    ...(snapshot.data ? [{ id: 'data', title: 'Data' }] : []),
    ...(models.length > main.length ? [{ id: 'runners-up', title: 'Runners-up' }] : []),
    { id: 'method', title: 'Method' },
  ];
}

const dateWords = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const summary = (report: StudyReport) => html`<section class="summary" id="summary">
  <h2>In words</h2>
  <dl>
    ${studySummaryWords(report).map(
      ({ title, words }) => html`<dt>${title}</dt>
        <dd>${codeWords(words)}</dd>`,
    )}
  </dl>
</section>`;

const verdicts = (report: StudyReport) => html`<section id="verdicts">
  <h2>A line for every check</h2>
  <vitrine-verdicts .verdicts=${report.verdicts}></vitrine-verdicts>
</section>`;

const search = ({ snapshot }: StudyReport) => html`<section id="search">
    <h2>The search</h2>
    <vitrine-run-header .snapshot=${snapshot} .readOnly=${true}></vitrine-run-header>
    <div class="sides">
      <vitrine-best-result .snapshot=${snapshot} .readOnly=${true}></vitrine-best-result>
      <vitrine-best-so-far .snapshot=${snapshot}></vitrine-best-so-far>
    </div>
  </section>
  ${snapshot.awesome ? html`<section><vitrine-awesome-results .result=${snapshot.awesome} .readOnly=${true}></vitrine-awesome-results></section>` : nothing}
  ${snapshot.finals ? html`<section><vitrine-final-models .snapshot=${snapshot} .readOnly=${true}></vitrine-final-models></section>` : nothing}
  ${snapshot.fairness ? html`<section>${snapshot.fairness.map((front) => html`<vitrine-fairness-front .front=${front} .readOnly=${true}></vitrine-fairness-front>`)}</section>` : nothing}
  <section><vitrine-leaderboard .snapshot=${snapshot} .readOnly=${true}></vitrine-leaderboard></section>`;

const modelSection = (model: ReportedModel, report: StudyReport) => html`<section id=${model.id} class="model">
  <h2>${model.title}</h2>
  ${modelParts(model, report)}
</section>`;

const cost = ({ energy }: StudyReport) => html`<section id="cost">
  <h2>Cost of the search</h2>
  <vitrine-energy-parts .energy=${energy.total}></vitrine-energy-parts>
  <vitrine-study-energy class="part" .energy=${energy}></vitrine-study-energy>
</section>`;

const data = ({ snapshot }: StudyReport) =>
  snapshot.data
    ? html`<section id="data">
        <h2>Data</h2>
        <vitrine-table .content=${columnsTable(snapshot.data)}></vitrine-table>
        <p class="small quiet quality">Hash of the data: ${snapshot.data.hash}</p>
        ${snapshot.findings ? html`<vitrine-data-findings class="part" .result=${snapshot.findings}></vitrine-data-findings>` : nothing}
      </section>`
    : nothing;

const runnersUp = (models: readonly ReportedModel[], report: StudyReport) => html`<section id="runners-up">
  <h2>Runners-up</h2>
  ${models.map(
    (model) => html`<details>
      <summary>${runnerWords(model)}</summary>
      ${modelParts(model, report)}
    </details>`,
  )}
</section>`;

/** 'Trial 12, boosting, rank 2' */
function runnerWords({ detail, title, rank }: ReportedModel): string {
  const learner = 'trial' in detail ? `, ${detail.trial.learner}` : '';
  return `${title.slice(0, 1).toUpperCase()}${title.slice(1)}${learner}${rank === null ? '' : `, rank ${rank}`}`;
}

const method = ({ snapshot }: StudyReport) => html`<section id="method">
  <h2>Method</h2>
  <vitrine-study-notes .snapshot=${snapshot}></vitrine-study-notes>
  <p class="method">
    Trials are judged on validation rows; the test part is scored once, for the models that the search ends with, after
    everything was chosen. Intervals are 95 %. Robust accuracy is an upper bound found by attacks, not a guarantee. Energy,
    CO2e and cost are ranges with their method. This page holds its data itself and contacts nobody.
  </p>
</section>`;
define('vitrine-report', ReportView);
