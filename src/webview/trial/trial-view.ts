import { html, nothing, type PropertyValues } from 'lit';
import type { SearchWhy } from '../../shared/results/search-why.ts';
import type { StudyEnergy, TrialDetail } from '../../shared/results/study.ts';
import type { PageContext, TrialSection, WebviewFault, WebviewPush } from '../../shared/webview-protocol.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button, iconButton } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import { busyBar } from '../components/progress.ts';
import '../components/tabs.ts';
import '../energy/energy-parts.ts';
import '../energy/study-energy.ts';
import '../explain/row-chooser.ts';
import { Analysis } from '../page/analysis.ts';
import { EngineNotice } from '../page/engine-notice.ts';
import type { Host } from '../page/host.ts';
import { KeptScroll } from '../page/kept-scroll.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { PageFault } from '../page/page-fault.ts';
import '../robustness/robustness-report.ts';
import '../search/why.ts';
import './analysis-panel.ts';
import './architecture.ts';
import './configuration.ts';
import type { AskedExplanation } from './explanations.ts';
import './explanations.ts';
import './trial-header.ts';
import { trialViewStyles } from './trial-view-styles.ts';

/** The editor panel of one trial. Analyses that are missing can be asked for here. */
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
  };
  declare host: Host | null;
  declare context: PageContext | null;
  declare detail: TrialDetail | null;
  declare energy: StudyEnergy | null;
  declare rank: number | null;
  declare fault: WebviewFault | null;
  declare section: TrialSection;
  readonly #notice = new EngineNotice(this);
  readonly #scroll = new KeptScroll(this);
  readonly #explaining = new Analysis(this);
  readonly #attacking = new Analysis(this);
  readonly #why = new LatestAnswer<SearchWhy>(this);

  constructor() {
    super();
    this.host = null;
    this.context = null;
    this.detail = null;
    this.energy = null;
    this.rank = null;
    this.fault = null;
    this.section = 'explanation';
    this.addEventListener('vitrine-open-trial', (event) => this.#openTrial((event as CustomEvent<number>).detail));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('host') || !this.host) return;
    this.section = this.host.state.section;
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
        <vitrine-trial-header .detail=${detail} .rank=${this.rank}></vitrine-trial-header>
        <div class="actions">
          ${iconButton({ icon: 'graphLine', label: 'Open dashboard', onClick: () => this.host?.command('openDashboard', { file: detail.file }) })}
          ${iconButton({ icon: 'goToFile', label: 'Open experiment file', onClick: () => this.host?.command('openFile', { file: detail.file }) })}
          ${detail.trial.state === 'complete' && detail.hasModel ? iconButton({ icon: 'save', label: 'Export model', onClick: () => this.host?.command('exportModel', { file: detail.file, trial: detail.trial.number }) }) : nothing}
        </div>
      </header>
      <vitrine-tabs
        .tabs=${trialTabs(detail)}
        .selected=${this.#open(detail)}
        @vitrine-tab=${(event: CustomEvent<TrialSection>) => this.#show(event.detail)}
      >
        ${this.#content(detail)}
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
    this.#show(push.section);
    if (push.start === 'explain') this.#explain();
    if (push.start === 'attack') this.#attack();
  };

  #takeDetail(detail: TrialDetail): void {
    const another = detail.trial.number !== this.detail?.trial.number || detail.file !== this.detail?.file;
    this.detail = detail;
    this.fault = null;
    this.host?.keep({ file: detail.file, trial: detail.trial.number });
    if (another) this.#why.forget();
    if (another) void this.#askForRank(detail);
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

  #askWhy({ file, trial }: TrialDetail): void {
    const { host } = this;
    if (host) void this.#why.ask(() => host.request('search.why', { file, trial: trial.number }));
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

  /** A trial without a network has no architecture, whatever was open before. */
  #open({ trial, hasModel }: TrialDetail): TrialSection {
    if (!hasModel) return this.section === 'why' ? 'why' : 'configuration';
    return this.section === 'architecture' && !trial.graph ? 'configuration' : this.section;
  }

  #content(detail: TrialDetail) {
    const { trial } = detail;
    switch (this.#open(detail)) {
      case 'explanation':
        return this.#explanation(detail);
      case 'why':
        return this.#reason();
      case 'robustness':
        return this.#robustness(detail);
      case 'cost':
        return this.#cost(detail);
      case 'configuration':
        return html`<vitrine-configuration .trial=${trial} .objectives=${detail.objectives} .hasModel=${detail.hasModel}></vitrine-configuration>`;
      case 'architecture':
        return html`<vitrine-architecture .graph=${trial.graph ?? null}></vitrine-architecture>`;
    }
  }

  /** Why no analysis can begin now. */
  #blocked({ trial }: TrialDetail): string {
    if (trial.state !== 'complete')
      return `This trial is ${trial.state}; only a complete one has a model to look into.`;
    if (this.context && !this.context.trusted) return 'Waits until the folder is trusted.';
    const engine = this.context?.engine.state;
    if (engine === 'starting' || engine === 'unreachable') return 'Waits for the engine.';
    return '';
  }

  #explanation(detail: TrialDetail) {
    const present = detail.explanations.length > 0;
    const blocked = this.#blocked(detail);
    const working = this.#explaining.state.state === 'working';
    return html`<vitrine-analysis-panel
      .state=${this.#explaining.state}
      .present=${present}
      blocked=${blocked}
      heading="Not explained yet"
      invitation="Finds which columns matter, why the model predicts what it does for its most uncertain row, and which training rows are like that one."
      action="Explain this trial"
      @vitrine-start=${() => this.#explain()}
      @vitrine-cancel=${() => this.#explaining.cancel()}
      @vitrine-log=${() => this.host?.command('openLog', {})}
    >
      <vitrine-explanations
        .detail=${detail}
        .blocked=${working ? 'Another explanation is under way.' : blocked}
        @vitrine-explain=${(event: CustomEvent<AskedExplanation>) => this.#explain(event.detail)}
      ></vitrine-explanations>
      ${
        present
          ? html`<vitrine-row-chooser
            blocked=${working ? 'Another explanation is under way.' : blocked}
            @vitrine-row=${(event: CustomEvent<number>) => this.#explain({ row: event.detail })}
          ></vitrine-row-chooser>`
          : nothing
      }
    </vitrine-analysis-panel>`;
  }

  #robustness(detail: TrialDetail) {
    return html`<vitrine-analysis-panel
      .state=${this.#attacking.state}
      .present=${detail.robustness !== null}
      blocked=${this.#blocked(detail)}
      heading="Not attacked yet"
      invitation="Looks for small, valid edits of rows that flip the prediction, and says how many rows withstand how large edits."
      action="Attack this trial"
      @vitrine-start=${() => this.#attack()}
      @vitrine-cancel=${() => this.#attacking.cancel()}
      @vitrine-log=${() => this.host?.command('openLog', {})}
    >
      <vitrine-robustness .result=${detail.robustness}></vitrine-robustness>
    </vitrine-analysis-panel>`;
  }

  #reason() {
    const { value, fault } = this.#why;
    if (value) return html`<vitrine-search-why .result=${value}></vitrine-search-why>`;
    if (!fault) return busyBar('Reading the record of the search');
    return html`<vitrine-empty-state picture="error" tone="fault" heading="The reason cannot be shown" words=${fault.message} advice=${fault.advice ?? ''}></vitrine-empty-state>`;
  }

  #cost({ trial }: TrialDetail) {
    return html`<vitrine-energy-parts .energy=${trial.energy ?? null}></vitrine-energy-parts>
      <section class="study-energy"><vitrine-study-energy .energy=${this.energy}></vitrine-study-energy></section>`;
  }

  /** All that is cheap, or the one that is asked for. */
  #explain(asked: Partial<AskedExplanation> = {}): void {
    const { detail, host } = this;
    if (!detail || !host) return;
    const input = { file: detail.file, trial: detail.trial.number, ...asked };
    void this.#explaining.run(async (options) => {
      await host.request('trial.explain', input, options);
      this.#takeDetail(await host.request('trial.show', { file: input.file, trial: input.trial }));
    });
  }

  #attack(): void {
    const { detail, host } = this;
    if (!detail || !host) return;
    const input = { file: detail.file, trial: detail.trial.number };
    void this.#attacking.run(async (options) => {
      await host.request('trial.attack', input, options);
      this.#takeDetail(await host.request('trial.show', input));
    });
  }

  readonly #show = (section: TrialSection): void => {
    this.section = section;
    this.host?.keep({ section });
    if (section === 'cost') void this.#askForEnergy();
    if (section === 'why' && this.detail) this.#askWhy(this.detail);
  };

  #openTrial(trial: number): void {
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
const trialTabs = ({ trial, hasModel }: TrialDetail): readonly { id: TrialSection; title: string }[] => [
  ...(hasModel
    ? [
        { id: 'explanation' as const, title: 'Explanation' },
        { id: 'robustness' as const, title: 'Robustness' },
        { id: 'cost' as const, title: 'Cost' },
        { id: 'why' as const, title: 'Why it was tried' },
      ]
    : []),
  { id: 'configuration', title: 'Configuration' },
  ...(hasModel ? [] : [{ id: 'why' as const, title: 'Why it was tried' }]),
  ...(trial.graph ? [{ id: 'architecture' as const, title: 'Architecture' }] : []),
];
define('vitrine-trial', TrialView);
