import { css, html, nothing } from 'lit';
import { type Candidate, isCandidate } from '../../shared/candidate.ts';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { candidateOptions } from '../compare/candidate-options.ts';
import { baseStyles } from '../components/base-styles.ts';
import { button } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import type { Host } from '../page/host.ts';
import '../search/asked-result.ts';
import { asking } from '../search/asked-result.ts';
import { choice, choiceStyles } from '../search/choice.ts';
import './importance-map.ts';
import './model-correlation.ts';
import type { ChosenPair } from './model-correlation.ts';

/** All models of a study at once: two to be compared, how alike they err, what matters to each. */
export class ModelsView extends VitrineElement {
  static override styles = [
    baseStyles,
    choiceStyles,
    css`
      section + section {
        margin-top: 20px;
        padding-top: 14px;
        border-top: 1px solid var(--line);
      }
      h2 {
        font-size: inherit;
        font-weight: 600;
        margin-bottom: 6px;
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    snapshot: { attribute: false },
    blocked: {},
    first: { state: true },
    second: { state: true },
  };
  declare host: Host | null;
  declare snapshot: StudySnapshot | null;
  /** Why nothing can be asked for now, or empty. */
  declare blocked: string;
  declare first: string | null;
  declare second: string | null;

  constructor() {
    super();
    this.host = null;
    this.snapshot = null;
    this.blocked = '';
    this.first = null;
    this.second = null;
    this.addEventListener('vitrine-pair', (event) => {
      const { first, second } = (event as CustomEvent<ChosenPair>).detail;
      this.#compare(first, second);
    });
  }

  protected override render() {
    const { snapshot } = this;
    if (!snapshot) return nothing;
    const options = candidateOptions(snapshot);
    if (options.length < 2)
      return html`<vitrine-empty-state picture="beaker" heading="There are no two models yet" words="As soon as a second trial is complete, models can be compared here."></vitrine-empty-state>`;
    const { file } = snapshot;
    return html`<section>${this.#chooser(options)}</section>
      <section>
        <vitrine-asked-result
          .host=${this.host}
          blocked=${this.blocked}
          heading="How alike the models err"
          invitation="Correlates the errors of all models on rows that they were not fitted on. What errs differently is worth combining."
          action="Correlate all models"
          .asking=${asking('models.correlation', { file }, (result) => html`<vitrine-model-correlation .result=${result}></vitrine-model-correlation>`)}
        ></vitrine-asked-result>
      </section>
      <section>
        <vitrine-asked-result
          .host=${this.host}
          blocked=${this.blocked}
          heading="What matters to each model"
          invitation="Shuffles each column for the ensemble and the best trial of each learner, within a minute; what is kept is not made again."
          action="Find what matters to each"
          .asking=${asking('models.importances', { file }, (result) => html`<vitrine-importance-map .result=${result}></vitrine-importance-map>`)}
        ></vitrine-asked-result>
      </section>`;
  }

  #chooser(options: readonly { readonly value: string; readonly label: string }[]) {
    const first = this.first ?? options[0].value;
    const others = options.filter(({ value }) => value !== first);
    const second = others.some(({ value }) => value === this.second) ? (this.second ?? '') : others[0].value;
    const chooseFirst = (value: string) => {
      this.first = value;
    };
    const chooseSecond = (value: string) => {
      this.second = value;
    };
    return html`<h2>Two models side by side</h2>
      <div class="choices">
        ${choice({ label: 'Compare', options, value: first, onChange: chooseFirst })}
        ${choice({ label: 'with', options: others, value: second, onChange: chooseSecond })}
        ${button({ label: 'Compare', secondary: true, disabled: this.blocked !== '', title: this.blocked || undefined, onClick: () => this.#compare(candidate(first), candidate(second)) })}
      </div>`;
  }

  #compare(first: Candidate, second: Candidate): void {
    if (this.snapshot) this.host?.command('compareModels', { file: this.snapshot.file, first, second });
  }
}

function candidate(value: string): Candidate {
  const named = value === 'ensemble' ? value : Number(value);
  if (!isCandidate(named)) throw new RangeError(`"${value}" is no model`);
  return named;
}
define('vitrine-models', ModelsView);
