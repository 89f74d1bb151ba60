import { html, nothing, type PropertyValues } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import type { SearchRecord } from '../../shared/results/search-record.ts';
import type { SearchRuns } from '../../shared/results/search-runs.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import { busyBar } from '../components/progress.ts';
import type { Host } from '../page/host.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { asking } from './asked-result.ts';
import './calibration.ts';
import './dependence-panel.ts';
import './effort.ts';
import './footprint.ts';
import './importance-panel.ts';
import './outlook.ts';
import './pareto-panel.ts';
import type { Moment } from './replay.ts';
import './replay.ts';
import './runs.ts';
import { searchViewStyles } from './search-view-styles.ts';

/** What the search says of itself: its record at once, its analyses when they are asked for, all of them at the slider's moment. */
export class SearchView extends VitrineElement {
  static override styles = [baseStyles, searchViewStyles];
  static override properties = {
    host: { attribute: false },
    file: {},
    sequence: { attribute: false },
    blocked: {},
    shown: { state: true },
    settled: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  /** Of the snapshot beside it; a newer one has newer trials. */
  declare sequence: number;
  /** Why no analysis can begin now, or empty. */
  declare blocked: string;
  /** Trials that had ended at the slider's moment; null is now, however many there are. */
  declare shown: number | null;
  /** The moment at which the slider was let go of. */
  declare settled: number | null;
  readonly #record = new LatestAnswer<SearchRecord>(this);
  readonly #runs = new LatestAnswer<SearchRuns>(this);

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.sequence = 0;
    this.blocked = '';
    this.shown = null;
    this.settled = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('file')) this.#begin();
    if (changed.has('file') || changed.has('sequence') || changed.has('host')) this.#ask();
  }

  #begin(): void {
    this.shown = null;
    this.settled = null;
    this.#record.forget();
    this.#runs.forget();
  }

  #ask(): void {
    const { host, file } = this;
    if (!host || file === '') return;
    void this.#record.ask(() => host.request('search.record', { file }));
    void this.#runs.ask(() => host.request('search.runs', { file }));
  }

  protected override render() {
    const record = this.#record.value;
    const fault = this.#record.fault ?? this.#runs.fault;
    const told = fault
      ? html`<vitrine-empty-state picture="error" tone="fault" heading="The record cannot be shown" words=${fault.message} advice=${fault.advice ?? ''}></vitrine-empty-state>`
      : nothing;
    if (!record) return fault ? told : busyBar('Reading the record of the search');
    if (record.replay.ends.length === 0)
      return html`${told}<vitrine-empty-state picture="graphLine" heading="No trial has ended yet" words="The search explains itself from the first one on."></vitrine-empty-state>`;
    return html`${told}${this.#panels(record)}`;
  }

  #panels({ replay, calibration, effort, search }: SearchRecord) {
    const now = replay.ends.length;
    const ended = Math.min(this.shown ?? now, now);
    const until = this.settled === null || this.settled >= now ? undefined : this.settled;
    const runs = this.#runs.value;
    return html`<p class="quiet search">${search}</p>
      <section class="whole">
        <vitrine-search-replay .replay=${replay} .ended=${ended} @vitrine-moment=${this.#move}></vitrine-search-replay>
      </section>
      ${until === undefined ? nothing : html`<p class="small moment whole" role="status">May I stop, importance, dependence and footprint are as it stood when ${until} of ${now} trials had ended.</p>`}
      <section>${this.#outlook(until)}</section>
      <section>
        <vitrine-importance-panel .host=${this.host} file=${this.file} .objectives=${names(replay)} .until=${until} blocked=${this.blocked}></vitrine-importance-panel>
      </section>
      <section>
        <vitrine-dependence-panel .host=${this.host} file=${this.file} .objectives=${names(replay)} .until=${until} blocked=${this.blocked}></vitrine-dependence-panel>
      </section>
      <section>${this.#footprint(until)}</section>
      <section><vitrine-search-effort .result=${effort} .replay=${replay}></vitrine-search-effort></section>
      <section><vitrine-search-calibration .result=${calibration}></vitrine-search-calibration></section>
      ${
        replay.objectives.length > 1
          ? html`<section class="whole">
              <vitrine-pareto-panel .host=${this.host} file=${this.file} .replay=${replay} .ended=${ended} blocked=${this.blocked}></vitrine-pareto-panel>
            </section>`
          : nothing
      }
      ${runs ? html`<section class="whole"><vitrine-search-runs .result=${runs}></vitrine-search-runs></section>` : nothing}`;
  }

  #outlook(until: number | undefined) {
    return html`<vitrine-asked-result
      .host=${this.host}
      blocked=${this.blocked}
      heading="May I stop?"
      invitation="How likely do the next 20 trials improve the best, and by how much?"
      action="Look ahead"
      .asking=${asking('search.outlook', { file: this.file, until }, (result) => html`<vitrine-search-outlook .result=${result}></vitrine-search-outlook>`)}
    ></vitrine-asked-result>`;
  }

  #footprint(until: number | undefined) {
    return html`<vitrine-asked-result
      .host=${this.host}
      blocked=${this.blocked}
      heading="How much of the space was seen"
      invitation="A map of the space: where the search has been, what is promising still, and what is hardly worth a trial."
      action="Draw the map"
      .asking=${asking('search.footprint', { file: this.file, until }, (result) => html`<vitrine-search-footprint .result=${result}></vitrine-search-footprint>`)}
    ></vitrine-asked-result>`;
  }

  readonly #move = ({ detail: { ended, settled } }: CustomEvent<Moment>): void => {
    const now = this.#record.value?.replay.ends.length ?? 0;
    this.shown = ended >= now ? null : ended;
    if (settled) this.settled = this.shown;
  };
}

const names = ({ objectives }: SearchRecord['replay']): readonly string[] =>
  objectives.map(({ name }) => metricInSentence(name));
define('vitrine-search', SearchView);
