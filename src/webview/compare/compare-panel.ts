import { css, html, nothing, type PropertyValues } from 'lit';
import { type Candidate, isCandidate } from '../../shared/candidate.ts';
import type { Technique } from '../../shared/results/explanation.ts';
import type { ModelComparison } from '../../shared/results/model-comparison.ts';
import { candidateOf, type ModelDetail, type StudySnapshot } from '../../shared/results/study.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { Analysis } from '../page/analysis.ts';
import type { Host } from '../page/host.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { requestDetail } from '../page/model-detail.ts';
import { choice, choiceStyles } from '../search/choice.ts';
import '../trial/analysis-panel.ts';
import { candidateOptions } from './candidate-options.ts';
import './explanations-beside.ts';
import './model-comparison.ts';

/** The model of the panel against another one that the person chooses. */
export class ComparePanel extends VitrineElement {
  static override styles = [
    baseStyles,
    choiceStyles,
    css`
      vitrine-explanations-beside {
        display: block;
        margin-top: 24px;
        padding-top: 16px;
        border-top: 1px solid var(--line);
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    detail: { attribute: false },
    blocked: {},
    other: { attribute: false },
    otherDetail: { state: true },
    result: { state: true },
  };
  declare host: Host | null;
  declare detail: ModelDetail | null;
  /** Why nothing can begin now, or empty. */
  declare blocked: string;
  /** null: the person has chosen none yet. */
  declare other: Candidate | null;
  declare otherDetail: ModelDetail | null;
  declare result: ModelComparison | null;
  readonly #study = new LatestAnswer<StudySnapshot>(this);
  readonly #comparing = new Analysis(this);
  readonly #explaining = new Analysis(this);

  constructor() {
    super();
    this.host = null;
    this.detail = null;
    this.blocked = '';
    this.other = null;
    this.otherDetail = null;
    this.result = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { host, detail } = this;
    if (!host || !detail) return;
    if (changed.has('detail')) void this.#study.ask(() => host.request('study.show', { file: detail.file }));
    if (changed.has('other')) {
      this.otherDetail = null;
      this.result = null;
      if (this.other !== null && this.blocked === '') this.#compare(this.other);
    }
  }

  protected override render() {
    const { detail, other } = this;
    const study = this.#study.value;
    if (!detail || !study) return nothing;
    const options = candidateOptions(study).filter(({ value }) => value !== String(candidateOf(detail)));
    if (options.length === 0) return html`<p class="quiet">There is no other model to compare with yet.</p>`;
    const choose = (value: string) => {
      const chosen = value === 'ensemble' ? value : Number(value);
      if (isCandidate(chosen)) this.dispatchEvent(new CustomEvent<Candidate>('vitrine-other', { detail: chosen }));
    };
    const chosen = other === null ? options[0].value : String(other);
    return html`<div class="choices">${choice({ label: 'Compare with', options, value: chosen, onChange: choose })}</div>
      <vitrine-analysis-panel
        .state=${this.#comparing.state}
        .present=${this.result !== null}
        blocked=${this.blocked}
        heading="Not compared yet"
        invitation="Finds which of the two is better on the same rows, where they disagree, who is right there, and which columns make the difference."
        action="Compare"
        @vitrine-start=${() => choose(chosen)}
        @vitrine-cancel=${() => this.#comparing.cancel()}
        @vitrine-log=${() => this.host?.command('openLog', {})}
      >
        <vitrine-model-comparison .result=${this.result}></vitrine-model-comparison>
        ${this.otherDetail ? this.#beside(detail, this.otherDetail) : nothing}
      </vitrine-analysis-panel>`;
  }

  #beside(detail: ModelDetail, otherDetail: ModelDetail) {
    const working = this.#explaining.state.state === 'working';
    return html`<vitrine-explanations-beside
        .first=${detail}
        .second=${otherDetail}
        blocked=${working ? 'Another explanation is under way.' : this.blocked}
        @vitrine-explain-both=${(event: CustomEvent<{ kind: Technique['kind'] }>) => this.#explainBoth(event.detail.kind)}
      ></vitrine-explanations-beside>
      <vitrine-analysis-panel
        .state=${this.#explaining.state}
        .present=${true}
        @vitrine-cancel=${() => this.#explaining.cancel()}
        @vitrine-log=${() => this.host?.command('openLog', {})}
      ></vitrine-analysis-panel>`;
  }

  #compare(other: Candidate): void {
    const { host, detail } = this;
    if (!host || !detail) return;
    const { file } = detail;
    const isStill = () => this.other === other;
    void this.#comparing.again(async (options) => {
      const result = await host.request('models.compare', { file, first: candidateOf(detail), second: other }, options);
      const otherDetail = await requestDetail(host, file, other);
      if (!isStill()) return;
      this.result = result;
      this.otherDetail = otherDetail;
    });
  }

  /** One row for both: what is asked of one row is asked of the same. */
  #explainBoth(kind: Technique['kind']): void {
    const { host, detail, otherDetail } = this;
    if (!host || !detail || !otherDetail) return;
    const { file } = detail;
    const isOfOneRow = detail.techniques.some((one) => one.kind === kind && one.scope === 'one row');
    const row = isOfOneRow ? (this.result?.differing[0]?.rowIndex ?? 0) : undefined;
    void this.#explaining.run(async (options) => {
      for (const each of [detail, otherDetail])
        await host.request('trial.explain', { file, trial: candidateOf(each), kind, row }, options);
      this.otherDetail = await requestDetail(host, file, candidateOf(otherDetail));
      this.dispatchEvent(new CustomEvent('vitrine-detail-changed'));
    });
  }
}

define('vitrine-compare-panel', ComparePanel);
