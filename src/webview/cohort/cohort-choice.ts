import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { Cohort, CohortCondition } from '../../shared/cohort/cohort.ts';
import { cohortKey } from '../../shared/cohort/cohort.ts';
import { cohortWords } from '../../shared/cohort/cohort-words.ts';
import type { CohortDetail } from '../../shared/operations/cohort-operations.ts';
import type { Explanation } from '../../shared/results/explanation.ts';
import { rowOf } from '../../shared/results/explanation.ts';
import { candidateOf, type ModelDetail } from '../../shared/results/study.ts';
import type { TrialSection } from '../../shared/webview-protocol.ts';
import type { Host } from '../page/host.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { PageFault } from '../page/page-fault.ts';
import './cohort-bar.ts';
import type { AskedCohort, NamedCohort } from './cohort-bar.ts';
import { takeCohorts } from './cohort-offer.ts';

/** A panel that looks at a model. */
interface ModelPanel extends LitElement {
  readonly host: Host | null;
  readonly detail: ModelDetail | null;
  readonly section: TrialSection;
}

/** Whether what a section shows is of the rows that are looked at. */
export const followsCohorts = (section: TrialSection): boolean => section === 'explanation' || section === 'robustness';

/** Which rows a panel looks at: all, or a cohort, which every view then uses. */
export class CohortChoice implements ReactiveController {
  readonly #panel: ModelPanel;
  readonly #answer: LatestAnswer<CohortDetail>;
  #asked: AskedCohort | null = null;
  #kept: readonly Cohort[] = [];
  /** The model and file that the answer is of. */
  #of = '';
  #file = '';

  constructor(panel: ModelPanel) {
    this.#panel = panel;
    this.#answer = new LatestAnswer(panel);
    panel.addController(this);
    const follows = () => followsCohorts(panel.section);
    takeCohorts(panel, follows, (conditions) => this.#choose({ cohort: this.#narrowed(conditions) }));
  }

  hostConnected(): void {}

  /** What holds of the rows that are looked at; undefined: all are. */
  get conditions(): readonly CohortCondition[] | undefined {
    return this.#asked ? this.#answer.value?.rows.cohort.conditions : undefined;
  }

  /** What an explanation or an attack is asked for with. */
  get input(): { readonly cohort?: readonly CohortCondition[] } {
    const { conditions } = this;
    return conditions ? { cohort: conditions } : {};
  }

  /** The model with what was made for these rows; what is about one row where that is among them. */
  of<D extends ModelDetail>(detail: D): D {
    const answer = this.#asked && this.#answer.value;
    if (!answer) return detail;
    const { rows, cohort } = answer.rows;
    const places = rows.length === cohort.rows ? new Set(rows.map(({ rowIndex }) => rowIndex)) : undefined;
    const isOfRow = (one: Explanation): boolean => {
      const row = rowOf(one);
      return row !== undefined && (places?.has(row) ?? true);
    };
    const explanations = [...answer.explanations, ...detail.explanations.filter(isOfRow)];
    return { ...detail, explanations, robustness: answer.robustness };
  }

  /** Another model, or the same with more made of it. */
  take(detail: ModelDetail): void {
    const { host } = this.#panel;
    if (!host) return;
    if (detail.file !== this.#file) {
      this.#file = detail.file;
      this.#kept = [];
      const { cohort } = host.state;
      if (cohort !== null) this.#asked = { cohort };
    }
    // Another panel, or the command, may have kept one since.
    void this.#list(host, detail.file);
    if (this.#asked) void this.#ask(this.#asked);
  }

  /** Something was made for these rows. */
  async refresh(): Promise<void> {
    if (this.#asked) await this.#ask(this.#asked);
  }

  render(detail: ModelDetail, blocked: string): TemplateResult {
    return html`<vitrine-cohort-bar
      .asked=${this.#asked}
      .rows=${this.#asked ? (this.#answer.value?.rows ?? null) : null}
      .fault=${this.#asked ? this.#answer.fault : null}
      .kept=${this.#kept}
      .total=${partRows(detail.explanations)}
      blocked=${blocked}
      @vitrine-cohort-asked=${(event: CustomEvent<AskedCohort | null>) => (event.detail ? this.#choose(event.detail) : this.#clear())}
      @vitrine-cohort-forgotten=${(event: CustomEvent<string>) => this.#forget(event.detail)}
      @vitrine-cohort-named=${(event: CustomEvent<NamedCohort>) => this.#name(event.detail)}
    ></vitrine-cohort-bar>`;
  }

  /** What is chosen in a view that is of a cohort is some of that. */
  #narrowed(conditions: readonly CohortCondition[]): readonly CohortCondition[] {
    const known = new Map([...(this.conditions ?? []), ...conditions].map((one) => [JSON.stringify(one), one]));
    return [...known.values()];
  }

  #choose(asked: AskedCohort): void {
    this.#asked = asked;
    this.#answer.forget();
    this.#panel.requestUpdate();
    void this.#ask(asked);
  }

  #clear(): void {
    this.#asked = null;
    this.#answer.forget();
    this.#panel.host?.keep({ cohort: null });
    this.#panel.requestUpdate();
  }

  async #ask(asked: AskedCohort): Promise<void> {
    const { host, detail } = this.#panel;
    if (!host || !detail) return;
    const { file } = detail;
    const input = { file, trial: candidateOf(detail), ...asked };
    const of = `${file} ${input.trial}`;
    if (of !== this.#of) this.#answer.forget();
    this.#of = of;
    await this.#answer.ask(async () => {
      const answer = await host.request('cohort.show', input, { silenceSeconds: 90 });
      await this.#keep(host, file, answer.rows.cohort.conditions);
      return answer;
    });
  }

  /** What was looked at once can be chosen again, here and in the panels of other models. */
  async #keep(host: Host, file: string, conditions: readonly CohortCondition[]): Promise<void> {
    const key = cohortKey(conditions);
    const known = this.#kept.find((one) => cohortKey(one.conditions) === key);
    host.keep({ cohort: known?.name ?? cohortWords(conditions) });
    if (known) return;
    const { cohorts } = await host.request('cohort.keep', { file, cohort: conditions });
    this.#kept = cohorts;
  }

  async #list(host: Host, file: string): Promise<void> {
    try {
      this.#kept = (await host.request('cohort.list', { file })).cohorts;
      this.#panel.requestUpdate();
    } catch (error) {
      host.reportFault(`Cohorts are not shown: ${PageFault.from(error).message}`);
    }
  }

  async #name({ name, before }: NamedCohort): Promise<void> {
    const { host, detail } = this.#panel;
    const { conditions } = this;
    if (!host || !detail || !conditions) return;
    const { file } = detail;
    try {
      const kept = await host.request('cohort.keep', { file, name, cohort: conditions });
      const isOther = before !== '' && before !== name;
      this.#kept = (isOther ? await host.request('cohort.forget', { file, name: before }) : kept).cohorts;
      host.keep({ cohort: name });
      this.#panel.requestUpdate();
    } catch (error) {
      host.reportFault(`The cohort is not called "${name}": ${PageFault.from(error).message}`);
    }
  }

  async #forget(name: string): Promise<void> {
    const { host, detail } = this.#panel;
    if (!host || !detail) return;
    this.#clear();
    try {
      this.#kept = (await host.request('cohort.forget', { file: detail.file, name })).cohorts;
      this.#panel.requestUpdate();
    } catch (error) {
      host.reportFault(`The cohort is kept: ${PageFault.from(error).message}`);
    }
  }
}

/** How many rows the part has, where an explanation says so. */
function partRows(explanations: readonly Explanation[]): number | null {
  for (const one of explanations)
    if ('rowsAvailable' in one && 'part' in one && one.kind !== 'surrogate-tree' && one.kind !== 'prototypes')
      return one.rowsAvailable;
  return null;
}
