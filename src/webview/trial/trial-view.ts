import { html, nothing, type PropertyValues } from 'lit';
import type { Candidate } from '../../shared/candidate.ts';
import type { SearchWhy } from '../../shared/results/search-why.ts';
import {
  candidateOf,
  isEnsemble,
  type ModelDetail,
  type StudyEnergy,
  type TrialDetail,
} from '../../shared/results/study.ts';
import type { PageContext, TrialSection, WebviewFault, WebviewPush } from '../../shared/webview-protocol.ts';
import '../compare/compare-panel.ts';
import { CohortChoice, followsCohorts } from '../cohort/cohort-choice.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button, iconButton } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import { busyBar } from '../components/progress.ts';
import '../components/tabs.ts';
import '../energy/energy-parts.ts';
import '../energy/study-energy.ts';
import { editMode } from '../explain/editing/edit-mode.ts';
import '../explain/row-chooser.ts';
import { Analysis } from '../page/analysis.ts';
import { EngineNotice } from '../page/engine-notice.ts';
import type { Host } from '../page/host.ts';
import { KeptScroll } from '../page/kept-scroll.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { requestDetail } from '../page/model-detail.ts';
import { PageFault } from '../page/page-fault.ts';
import '../robustness/robustness-report.ts';
import '../search/why.ts';
import './analysis-panel.ts';
import './architecture.ts';
import './configuration.ts';
import './data-steps.ts';
import './ensemble-header.ts';
import './ensemble-parts.ts';
import type { AskedExplanation } from './explanations.ts';
import './explanations.ts';
import './trial-header.ts';
import { trialViewStyles } from './trial-view-styles.ts';
import './what-if.ts';

/** The editor panel of one trial, or of the ensemble. Analyses that are missing can be asked for here. */
export class TrialView extends VitrineElement {
  static override styles = [baseStyles, trialViewStyles];
  static override properties = {
    host: { attribute: false },
    context: { state: true },
    detail: { state: true },
    energy: { state: true },
    rank: { state: true },
    fault: { state: true },
    section: { state: true },
    other: { state: true },
  };
  declare host: Host | null;
  declare context: PageContext | null;
  declare detail: ModelDetail | null;
  declare energy: StudyEnergy | null;
  declare rank: number | null;
  declare fault: WebviewFault | null;
  declare section: TrialSection;
  /** What it is compared with. */
  declare other: Candidate | null;
  readonly #notice = new EngineNotice(this);
  readonly #scroll = new KeptScroll(this);
  readonly #explaining = new Analysis(this);
  readonly #attacking = new Analysis(this);
  readonly #why = new LatestAnswer<SearchWhy>(this);
  readonly #cohort = new CohortChoice(this);

  constructor() {
    super();
    this.host = null;
    this.context = null;
    this.detail = null;
    this.energy = null;
    this.rank = null;
    this.fault = null;
    this.section = 'explanation';
    this.other = null;
    this.addEventListener('vitrine-row', (event) => this.#explain({ row: (event as CustomEvent<number>).detail }));
    this.addEventListener('vitrine-open-trial', (event) => this.#openTrial((event as CustomEvent<Candidate>).detail));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('host') || !this.host) return;
    this.section = this.host.state.section;
    this.other = this.host.state.other;
    this.host.onPush(this.#take);
    this.#scroll.restore(this.host);
  }

  protected override render() {
    const notice = this.#notice.render(this.context, this.host);
    const { detail } = this;
    if (!detail) return html`<main aria-busy=${String(!this.fault)}>${notice} ${this.#faultState()}</main>`;
    return html`<main>
      ${notice} ${this.#faultState()}
      <header>
        ${isEnsemble(detail) ? html`<vitrine-ensemble-header .detail=${detail}></vitrine-ensemble-header>` : html`<vitrine-trial-header .detail=${detail} .rank=${this.rank}></vitrine-trial-header>`}
        <div class="actions">
          ${iconButton({ icon: 'graphLine', label: 'Open dashboard', onClick: () => this.host?.command('openDashboard', { file: detail.file }) })}
          ${iconButton({ icon: 'goToFile', label: 'Open experiment file', onClick: () => this.host?.command('openFile', { file: detail.file }) })}
          ${isComplete(detail) && detail.hasModel ? iconButton({ icon: 'save', label: 'Export model', onClick: () => this.host?.command('exportModel', { file: detail.file, trial: candidateOf(detail) }) }) : nothing}
          ${isComplete(detail) && detail.hasModel ? iconButton({ icon: 'book', label: 'Write model card', onClick: () => this.host?.command('writeModelCard', { file: detail.file, trial: candidateOf(detail) }) }) : nothing}
        </div>
      </header>
      <vitrine-tabs
        .tabs=${trialTabs(detail)}
        .selected=${this.#open(detail)}
        @vitrine-tab=${(event: CustomEvent<TrialSection>) => this.#show(event.detail)}
      >
        ${this.#ofRows(detail)}
      </vitrine-tabs>
    </main>`;
  }

  readonly #take = (push: WebviewPush): void => {
    if (push.type === 'context') this.context = push.context;
    if (push.type === 'fault') this.fault = push.fault;
    if (push.type === 'trial') this.#takeDetail(push.detail);
    if (push.type !== 'reveal') return;
    // Another program's trial left nothing to explain or attack.
    if (this.detail && !this.detail.hasModel && push.section !== 'why') return;
    if (push.other !== undefined) this.#compareWith(push.other);
    this.#show(push.section);
    if (push.start === 'explain') this.#explain();
    if (push.start === 'attack') this.#attack();
  };

  #takeDetail(detail: ModelDetail): void {
    const candidate = candidateOf(detail);
    const another = !this.detail || candidate !== candidateOf(this.detail) || detail.file !== this.detail.file;
    this.detail = detail;
    this.fault = null;
    this.host?.keep({ file: detail.file, trial: candidate });
    this.#cohort.take(detail);
    if (another) this.#why.forget();
    if (another && !isEnsemble(detail)) void this.#askForRank(detail);
    if (this.#open(detail) === 'why') this.#askWhy(detail);
    if (this.section === 'cost') void this.#askForEnergy();
  }

  async #askForRank({ file, trial }: TrialDetail): Promise<void> {
    try {
      const { leaderboard } = (await this.host?.request('study.show', { file })) ?? { leaderboard: [] };
      const place = leaderboard.findIndex((row) => row.trial === trial.number);
      this.rank = place < 0 ? null : place + 1;
    } catch (error) {
      this.host?.reportFault(`The rank of trial ${trial.number} is not shown: ${PageFault.from(error).message}`);
    }
  }

  #askWhy(detail: ModelDetail): void {
    const { host } = this;
    if (!host || isEnsemble(detail)) return;
    const { file, trial } = detail;
    void this.#why.ask(() => host.request('search.why', { file, trial: trial.number }));
  }

  async #askForEnergy(): Promise<void> {
    const { detail, host } = this;
    if (!detail || !host || this.energy) return;
    try {
      this.energy = await host.request('study.energy', { file: detail.file });
    } catch (error) {
      this.fault = PageFault.from(error);
    }
  }

  /** What the open tab shows; what is of rows, beneath which rows these are. */
  #ofRows(detail: ModelDetail) {
    if (!followsCohorts(this.#open(detail)) || !detail.hasModel || !isComplete(detail)) return this.#content(detail);
    return html`${this.#cohort.render(detail, this.#blocked(detail))} ${this.#content(this.#cohort.of(detail))}`;
  }

  /** A trial without a network has no architecture, whatever was open before. */
  #open(detail: ModelDetail): TrialSection {
    const sections = trialTabs(detail).map(({ id }) => id);
    if (sections.includes(this.section)) return this.section;
    return this.section === 'why' && isEnsemble(detail) ? 'explanation' : 'configuration';
  }

  #content(detail: ModelDetail) {
    switch (this.#open(detail)) {
      case 'explanation':
        return this.#explanation(detail);
      case 'whatIf':
        return html`<vitrine-what-if .host=${this.host} file=${detail.file} .candidate=${candidateOf(detail)} blocked=${this.#blocked(detail)}></vitrine-what-if>`;
      case 'data':
        return html`<vitrine-data-steps .host=${this.host} file=${detail.file} .candidate=${candidateOf(detail)} blocked=${this.#blocked(detail)}></vitrine-data-steps>`;
      case 'why':
        return this.#reason();
      case 'robustness':
        return this.#robustness(detail);
      case 'compare':
        return this.#compare(detail);
      case 'cost':
        return this.#cost(detail);
      case 'configuration':
        return isEnsemble(detail)
          ? html`<vitrine-ensemble-composition .detail=${detail}></vitrine-ensemble-composition>`
          : html`<vitrine-configuration .trial=${detail.trial} .objectives=${detail.objectives} .hasModel=${detail.hasModel}></vitrine-configuration>`;
      case 'architecture':
        return isEnsemble(detail)
          ? nothing
          : html`<vitrine-architecture .graph=${detail.trial.graph ?? null}></vitrine-architecture>`;
    }
  }

  /** Why no analysis can begin now. */
  #blocked(detail: ModelDetail): string {
    if (!isEnsemble(detail) && !isComplete(detail))
      return `This trial is ${detail.trial.state}; only a complete one has a model to look into.`;
    if (this.context && !this.context.trusted) return 'Waits until the folder is trusted.';
    const engine = this.context?.engine.state;
    if (engine === 'starting' || engine === 'unreachable') return 'Waits for the engine.';
    return '';
  }

  #explanation(detail: ModelDetail) {
    const present = detail.explanations.length > 0;
    const blocked = this.#blocked(detail);
    const working = this.#explaining.state.state === 'working';
    return html`<vitrine-analysis-panel
      .state=${this.#explaining.state}
      .present=${present}
      blocked=${blocked}
      heading="Not explained yet"
      invitation="Finds which columns matter, why the model predicts what it does for its most uncertain row, and which training rows are like that one."
      action=${isEnsemble(detail) ? 'Explain the ensemble' : 'Explain this trial'}
      @vitrine-start=${() => this.#explain()}
      @vitrine-cancel=${() => this.#explaining.cancel()}
      @vitrine-log=${() => this.host?.command('openLog', {})}
    >
      <vitrine-explanations
        .detail=${detail}
        .blocked=${working ? 'Another explanation is under way.' : blocked}
        .editing=${isEnsemble(detail) ? null : editMode(this.host, detail, blocked)}
        @vitrine-explain=${(event: CustomEvent<AskedExplanation>) => this.#explain(event.detail)}
      ></vitrine-explanations>
      ${
        present
          ? html`<vitrine-row-chooser
            blocked=${working ? 'Another explanation is under way.' : blocked}
          ></vitrine-row-chooser>`
          : nothing
      }
    </vitrine-analysis-panel>`;
  }

  #robustness(detail: ModelDetail) {
    return html`<vitrine-analysis-panel
      .state=${this.#attacking.state}
      .present=${detail.robustness !== null}
      blocked=${this.#blocked(detail)}
      heading="Not attacked yet"
      invitation="Looks for small, valid edits of rows that flip the prediction, and says how many rows withstand how large edits."
      action=${isEnsemble(detail) ? 'Attack the ensemble' : 'Attack this trial'}
      @vitrine-start=${() => this.#attack()}
      @vitrine-cancel=${() => this.#attacking.cancel()}
      @vitrine-log=${() => this.host?.command('openLog', {})}
    >
      <vitrine-robustness .result=${detail.robustness}></vitrine-robustness>
    </vitrine-analysis-panel>`;
  }

  #compare(detail: ModelDetail) {
    return html`<vitrine-compare-panel
      .host=${this.host}
      .detail=${detail}
      blocked=${this.#blocked(detail)}
      .other=${this.other}
      @vitrine-other=${(event: CustomEvent<Candidate>) => this.#compareWith(event.detail)}
      @vitrine-detail-changed=${() => this.#askForDetail(detail)}
    ></vitrine-compare-panel>`;
  }

  #compareWith(other: Candidate): void {
    this.other = other;
    this.host?.keep({ other });
  }

  async #askForDetail(detail: ModelDetail): Promise<void> {
    if (this.host) this.#takeDetail(await requestDetail(this.host, detail.file, candidateOf(detail)));
  }

  #reason() {
    const { value, fault } = this.#why;
    if (value) return html`<vitrine-search-why .result=${value}></vitrine-search-why>`;
    if (!fault) return busyBar('Reading the record of the search');
    return html`<vitrine-empty-state picture="error" tone="fault" heading="The reason cannot be shown" words=${fault.message} advice=${fault.advice ?? ''}></vitrine-empty-state>`;
  }

  #cost(detail: ModelDetail) {
    const own = isEnsemble(detail)
      ? html`<vitrine-ensemble-cost .detail=${detail}></vitrine-ensemble-cost>`
      : html`<vitrine-energy-parts .energy=${detail.trial.energy ?? null}></vitrine-energy-parts>`;
    return html`${own}
      <section class="study-energy"><vitrine-study-energy .energy=${this.energy}></vitrine-study-energy></section>`;
  }

  /** All that is cheap, or the one that is asked for. */
  #explain(asked: Partial<AskedExplanation> = {}): void {
    const { detail, host } = this;
    if (!detail || !host) return;
    const { file } = detail;
    const input = { file, trial: candidateOf(detail), ...this.#cohort.input, ...asked };
    void this.#explaining.run(async (options) => {
      const { results, failures } = await host.request('trial.explain', input, options);
      if (results.length === 0 && failures.length > 0) throw new PageFault({ message: failures[0].words });
      this.#takeDetail(await requestDetail(host, file, input.trial));
    });
  }

  #attack(): void {
    const { detail, host } = this;
    if (!detail || !host) return;
    const { file } = detail;
    const input = { file, trial: candidateOf(detail) };
    void this.#attacking.run(async (options) => {
      await host.request('trial.attack', { ...input, ...this.#cohort.input }, options);
      this.#takeDetail(await requestDetail(host, file, input.trial));
    });
  }

  readonly #show = (section: TrialSection): void => {
    this.section = section;
    this.host?.keep({ section });
    if (section === 'cost') void this.#askForEnergy();
    if (section === 'why' && this.detail) this.#askWhy(this.detail);
  };

  #openTrial(trial: Candidate): void {
    if (this.detail) this.host?.command('openTrial', { file: this.detail.file, trial });
  }

  #faultState() {
    if (!this.fault) return nothing;
    return html`<vitrine-empty-state picture="error" tone="fault" heading="The trial cannot be shown" words=${this.fault.message} advice=${this.fault.advice ?? ''}>
      ${button({ label: 'Try again', icon: 'refresh', onClick: () => this.host?.command('retryEngine', {}) })}
      ${button({ label: 'Open log', icon: 'output', secondary: true, onClick: () => this.host?.command('openLog', {}) })}
    </vitrine-empty-state>`;
  }
}
const isComplete = (detail: ModelDetail): boolean => isEnsemble(detail) || detail.trial.state === 'complete';

interface Tab {
  readonly id: TrialSection;
  readonly title: string;
}

const trialTabs = (detail: ModelDetail): readonly Tab[] => (isEnsemble(detail) ? ensembleTabs : tabsOf(detail));

const ensembleTabs: readonly Tab[] = [
  { id: 'explanation', title: 'Explanation' },
  { id: 'whatIf', title: 'What if' },
  { id: 'data', title: 'Data' },
  { id: 'robustness', title: 'Robustness' },
  { id: 'compare', title: 'Compare' },
  { id: 'cost', title: 'Cost' },
  { id: 'configuration', title: 'Members' },
];

const tabsOf = ({ trial, hasModel }: TrialDetail): readonly Tab[] => [
  ...(hasModel
    ? [
        { id: 'explanation' as const, title: 'Explanation' },
        { id: 'whatIf' as const, title: 'What if' },
        { id: 'data' as const, title: 'Data' },
        { id: 'robustness' as const, title: 'Robustness' },
        { id: 'compare' as const, title: 'Compare' },
        { id: 'cost' as const, title: 'Cost' },
        { id: 'why' as const, title: 'Why it was tried' },
      ]
    : []),
  { id: 'configuration', title: 'Configuration' },
  ...(hasModel ? [] : [{ id: 'why' as const, title: 'Why it was tried' }]),
  ...(trial.graph ? [{ id: 'architecture' as const, title: 'Architecture' }] : []),
];
define('vitrine-trial', TrialView);
