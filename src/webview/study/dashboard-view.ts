import { html, nothing, type PropertyValues } from 'lit';
import type { Candidate } from '../../shared/candidate.ts';
import type { ExperimentEdit } from '../../shared/results/data-findings.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import type { DashboardPart, PageContext, WebviewFault, WebviewPush } from '../../shared/webview-protocol.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button, iconButton } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import { select } from '../components/select.ts';
import '../components/tabs.ts';
import '../energy/cost-summary.ts';
import { EngineNotice } from '../page/engine-notice.ts';
import type { Host } from '../page/host.ts';
import { KeptScroll } from '../page/kept-scroll.ts';
import '../models/models-view.ts';
import '../search/search-view.ts';
import './awesome-results.ts';
import './best-result.ts';
import './best-so-far.ts';
import './data-findings.ts';
import { dashboardStyles } from './dashboard-styles.ts';
import './fairness-front.ts';
import './final-models.ts';
import './leaderboard.ts';
import './run-header.ts';
import { isUnderWay } from './run-words.ts';
import './study-notes.ts';

/** The side panel: one experiment, live. Keeps nothing but what it was last told. */
export class DashboardView extends VitrineElement {
  static override styles = [baseStyles, dashboardStyles];
  static override properties = {
    host: { attribute: false },
    context: { state: true },
    snapshot: { state: true },
    fault: { state: true },
    stopping: { state: true },
    chosen: { state: true },
  };
  declare host: Host | null;
  declare context: PageContext | null;
  declare snapshot: StudySnapshot | null;
  declare fault: WebviewFault | null;
  declare stopping: boolean;
  declare chosen: DashboardPart;
  readonly #notice = new EngineNotice(this);
  readonly #scroll = new KeptScroll(this);

  constructor() {
    super();
    this.host = null;
    this.context = null;
    this.snapshot = null;
    this.fault = null;
    this.stopping = false;
    this.chosen = 'results';
    this.addEventListener('vitrine-open-trial', (event) => this.#openTrial((event as CustomEvent<Candidate>).detail));
    this.addEventListener('vitrine-try-remedy', (event) => this.#try((event as CustomEvent<ExperimentEdit>).detail));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('host') || !this.host) return;
    this.chosen = this.host.state.part;
    this.host.onPush(this.#take);
    this.#scroll.restore(this.host);
  }

  protected override render() {
    const { context, snapshot } = this;
    const notice = this.#notice.render(context, this.host);
    if (!context) return html`<main aria-busy="true">${notice}</main>`;
    return html`<main>
      ${this.#chooser(context)}
      <div class="notice">${notice} ${this.#faultState()}</div>
      ${snapshot && snapshot.file === this.#file ? this.#study(snapshot, context) : this.#withoutStudy(context)}
    </main>`;
  }

  get #file(): string | null {
    return this.context?.subject.surface === 'dashboard' ? this.context.subject.selected : null;
  }

  readonly #take = (push: WebviewPush): void => {
    if (push.type === 'context') this.context = push.context;
    if (push.type === 'fault') this.fault = push.fault;
    if (push.type !== 'study') return;
    this.fault = null;
    this.snapshot = push.snapshot;
    if (!isUnderWay(push.snapshot.run)) this.stopping = false;
    this.host?.keep({ file: push.snapshot.file });
  };

  #openTrial(trial: Candidate): void {
    if (!this.snapshot) return;
    this.host?.command('openTrial', { file: this.snapshot.file, trial });
    this.host?.keep({ trial });
  }

  #try(edit: ExperimentEdit): void {
    if (this.snapshot) this.host?.command('tryRemedy', { file: this.snapshot.file, edit });
  }

  #chooser({ subject, trusted }: PageContext) {
    if (subject.surface !== 'dashboard' || subject.experiments.length === 0) return nothing;
    const file = subject.selected;
    const options = subject.experiments.map((each) => ({ value: each.file, label: each.name }));
    const choose = (chosen: string) => this.host?.command('selectExperiment', { file: chosen });
    return html`<header class="row">
      ${
        options.length > 1
          ? select({ label: 'Experiment', options, value: file ?? '', onChange: choose })
          : html`<h1 class="ellipsis" title=${file ?? ''}>${options[0].label}</h1>`
      }
      ${file ? iconButton({ icon: 'goToFile', label: 'Open experiment file', onClick: () => this.host?.command('openFile', { file }) }) : nothing}
      ${
        file && trusted && this.snapshot?.run !== 'imported'
          ? iconButton({
              icon: 'checklist',
              label: 'Check data',
              onClick: () => this.host?.command('checkData', { file }),
            })
          : nothing
      }
      ${
        file && this.snapshot?.best != null
          ? iconButton({
              icon: 'note',
              label: 'Open report',
              onClick: () => this.host?.command('openReport', { file }),
            })
          : nothing
      }
    </header>`;
  }

  #study(snapshot: StudySnapshot, { trusted, engine }: PageContext) {
    const { file } = snapshot;
    const stop = () => {
      this.stopping = true;
      this.host?.command('stop', { file });
    };
    return html`<section class="lead">
        <vitrine-run-header
          .snapshot=${snapshot}
          .trusted=${trusted}
          .stopping=${this.stopping}
          .readOnly=${engine.state === 'unreachable'}
          @vitrine-run=${() => this.host?.command('run', { file })}
          @vitrine-stop=${stop}
        ></vitrine-run-header>
      </section>
      ${snapshot.leaderboard.length === 0 ? html`${this.#waiting(snapshot)}${defects(snapshot)}${about(snapshot)}` : this.#parts(snapshot, engine)}`;
  }

  #parts(snapshot: StudySnapshot, engine: PageContext['engine']) {
    const show = ({ detail }: CustomEvent<DashboardPart>) => {
      this.chosen = detail;
      this.host?.keep({ part: detail });
    };
    return html`<vitrine-tabs class="parts" .tabs=${parts.filter(({ id }) => id !== 'models' || (snapshot.data && snapshot.run !== 'imported'))} .selected=${this.#shownPart(snapshot)} @vitrine-tab=${show}>
      ${this.#part(snapshot, engine.state === 'starting' || engine.state === 'unreachable' ? 'Waits for the engine.' : '')}
    </vitrine-tabs>`;
  }

  #part(snapshot: StudySnapshot, blocked: string) {
    switch (this.#shownPart(snapshot)) {
      case 'results':
        return html`<div class="results">${this.#results(snapshot)} ${about(snapshot)}</div>`;
      case 'models':
        return html`<vitrine-models .host=${this.host} .snapshot=${snapshot} blocked=${blocked}></vitrine-models>`;
      case 'search':
        return html`<vitrine-search
          .host=${this.host}
          file=${snapshot.file}
          .sequence=${snapshot.sequence}
          blocked=${blocked}
        ></vitrine-search>`;
    }
  }

  /** Another program's study, and one of a program of the person's, left no models to look into. */
  #shownPart({ data, run }: StudySnapshot): DashboardPart {
    return this.chosen === 'models' && (!data || run === 'imported') ? 'results' : this.chosen;
  }

  #results(snapshot: StudySnapshot) {
    const selected = this.host?.state.trial;
    return html`<section class="best"><vitrine-best-result .snapshot=${snapshot}></vitrine-best-result></section>
      <section class="chart"><vitrine-best-so-far .snapshot=${snapshot}></vitrine-best-so-far></section>
      ${snapshot.awesome ? html`<section class="doubt"><vitrine-awesome-results .result=${snapshot.awesome}></vitrine-awesome-results></section>` : nothing}
      ${snapshot.finals ? html`<section class="finals"><vitrine-final-models .snapshot=${snapshot}></vitrine-final-models></section>` : nothing}
      <section class="board">
        <vitrine-leaderboard
          .snapshot=${snapshot}
          .selected=${typeof selected === 'number' ? selected : null}
        ></vitrine-leaderboard>
      </section>
      ${snapshot.fairness ? html`<section class="fair">${snapshot.fairness.map((front) => html`<vitrine-fairness-front .front=${front}></vitrine-fairness-front>`)}</section>` : nothing}
      ${snapshot.run === 'imported' ? nothing : html`<section class="cost"><h2>Cost so far</h2><vitrine-cost-summary .energy=${snapshot.energy}></vitrine-cost-summary></section>`}
      ${defects(snapshot)}`;
  }

  #waiting({ run, counts, file }: StudySnapshot) {
    if (run === 'failed') return this.#mend(file);
    const [heading, words] = isUnderWay(run)
      ? ['No trial has finished yet', 'The chart and the leaderboard begin with the first one.']
      : counts.failed > 0
        ? ['No trial has a value', 'Every trial so far has failed; the log says how.']
        : run === 'imported'
          ? ['No trial has a value', 'The program that searched wrote down none.']
          : ['Nothing tried yet', 'Run searches for models on this machine and shows each one here as it is fitted.'];
    return html`<section class="board">
      <vitrine-empty-state picture="graphLine" heading=${heading} words=${words}>
        ${counts.failed > 0 ? this.#logButton() : nothing}
      </vitrine-empty-state>
    </section>`;
  }

  #mend(file: string) {
    return html`<section class="board row">
      ${button({ label: 'Open experiment file', icon: 'goToFile', secondary: true, onClick: () => this.host?.command('openFile', { file }) })}
      ${this.#logButton()}
    </section>`;
  }

  #withoutStudy({ subject, engine, trusted }: PageContext) {
    if (subject.surface !== 'dashboard' || this.fault) return nothing;
    if (subject.experiments.length === 0) return this.#withoutExperiment();
    if (engine.state === 'running') return html`<p class="quiet" role="status">Reading the study…</p>`;
    const file = subject.selected;
    if (engine.state !== 'off' || !trusted || !file) return nothing;
    return html`<vitrine-empty-state
      picture="beaker"
      heading="The engine is at rest"
      words="It starts when you run an experiment, and ends when there is no more work."
    >
      ${button({ label: 'Run', icon: 'play', onClick: () => this.host?.command('run', { file }) })}
    </vitrine-empty-state>`;
  }

  #withoutExperiment() {
    return html`<vitrine-empty-state
      picture="beaker"
      heading="No experiment here yet"
      words="An experiment is one file, NAME.vitrine.yaml, beside your data. Choose a table and the column to predict, and Vitrine writes it for you."
    >
      ${button({
        label: 'New experiment from data',
        icon: 'table',
        onClick: () => this.host?.command('newExperiment', {}),
      })}
    </vitrine-empty-state>`;
  }

  #faultState() {
    const { fault } = this;
    if (!fault) return nothing;
    return html`<vitrine-empty-state
      picture="error"
      tone="fault"
      heading="The study cannot be shown"
      words=${fault.message}
      advice=${fault.advice ?? ''}
    >
      ${button({ label: 'Try again', icon: 'refresh', onClick: () => this.host?.command('retryEngine', {}) })}
      ${this.#logButton()}
    </vitrine-empty-state>`;
  }

  #logButton() {
    return button({
      label: 'Open log',
      icon: 'output',
      secondary: true,
      onClick: () => this.host?.command('openLog', {}),
    });
  }
}
const parts: readonly { readonly id: DashboardPart; readonly title: string }[] = [
  { id: 'results', title: 'Results' },
  { id: 'models', title: 'Models' },
  { id: 'search', title: 'Search' },
];

const defects = ({ findings }: StudySnapshot) =>
  findings
    ? html`<section class="defects"><vitrine-data-findings .result=${findings}></vitrine-data-findings></section>`
    : nothing;

const about = (snapshot: StudySnapshot) =>
  snapshot.data || snapshot.search || snapshot.notes.length > 0
    ? html`<section class="about"><h2>About this search</h2><vitrine-study-notes .snapshot=${snapshot}></vitrine-study-notes></section>`
    : nothing;
define('vitrine-dashboard', DashboardView);
