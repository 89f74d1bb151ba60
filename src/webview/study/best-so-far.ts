import { css, html, nothing } from 'lit';
import type { StudySnapshot } from '../../shared/results/study.ts';
import { bestSoFarChart, suitsLogarithm } from '../charts/best-so-far-chart.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerSwatch } from '../charts/learner-marks.ts';
import '../charts/chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { secondsWords } from '../../shared/results/numbers.ts';
import { scoreWords } from '../components/amounts.ts';
import { bestSoFarWords } from './best-so-far-words.ts';
import { better, metricTitle } from './objective.ts';
import { openTrial } from './open-trial.ts';

/** The search at a glance: each trial's value and the best so far. */
export class BestSoFarView extends VitrineElement {
  static override styles = [
    baseStyles,
    learnerMarkStyles,
    css`
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        margin: 0 0 4px;
      }
      .legend li {
        display: flex;
        align-items: center;
        gap: 5px;
      }
      .line {
        width: 14px;
        border-top: 2px solid var(--vscode-foreground);
      }
      .scale {
        padding: 3px 6px;
      }
    `,
  ];
  static override properties = { snapshot: { attribute: false }, scale: { state: true } };
  declare snapshot: StudySnapshot | null;
  /** What the person chose; until then the values decide. */
  declare scale: 'linear' | 'logarithmic' | null;

  constructor() {
    super();
    this.snapshot = null;
    this.scale = null;
  }

  protected override render() {
    const { snapshot } = this;
    const objective = snapshot?.objectives[0];
    if (!snapshot || !objective || snapshot.points.length === 0) return nothing;
    const values = snapshot.points.map(({ value }) => value);
    const scale = this.scale ?? (suitsLogarithm(values) ? 'logarithmic' : 'linear');
    const words = bestSoFarWords(snapshot);
    return html`<vitrine-figure
      heading="Best so far"
      question="${metricTitle(objective.metric)}, ${better(objective)}"
      .lead=${words}
      .table=${bestSoFarTable(snapshot)}
    >
      ${values.every((value) => value > 0) ? this.#scaleButton(scale) : nothing}
      <vitrine-chart
        label=${words}
        .build=${bestSoFarChart({ snapshot, scale, openTrial: (trial) => openTrial(this, trial) })}
      ></vitrine-chart>
      ${this.#legend(snapshot)}
    </vitrine-figure>`;
  }

  #scaleButton(scale: 'linear' | 'logarithmic') {
    const toggle = () => {
      this.scale = scale === 'linear' ? 'logarithmic' : 'linear';
    };
    return html`<button
      slot="actions"
      type="button"
      class="icon-button small scale"
      aria-pressed=${String(scale === 'logarithmic')}
      title="Logarithmic axis"
      @click=${toggle}
    >
      log
    </button>`;
  }

  #legend(snapshot: StudySnapshot) {
    const counts = [...Map.groupBy(snapshot.points, ({ learner }) => learner)].toSorted(([a], [b]) =>
      a.localeCompare(b),
    );
    return html`<ul class="legend small" aria-label="Marks">
      ${counts.map(
        ([learner, points]) =>
          html`<li>${learnerSwatch(learner)}<span>${learner}</span><span class="quiet numbers">${points.length}</span></li>`,
      )}
      <li><span class="line"></span>best so far</li>
    </ul>`;
  }
}

function bestSoFarTable(snapshot: StudySnapshot): TableContent {
  const [objective] = snapshot.objectives;
  return {
    caption: `Best so far of ${snapshot.name}`,
    columns: [
      { title: 'Trial', numeric: true },
      { title: objective ? metricTitle(objective.metric) : 'Value', numeric: true },
      { title: 'After', numeric: true },
    ],
    rows: snapshot.bestSoFar.map(({ trial, value, seconds }) => [
      String(trial),
      scoreWords(value),
      secondsWords(seconds),
    ]),
  };
}

define('vitrine-best-so-far', BestSoFarView);
