import { css, html, nothing } from 'lit';
import type { StudyEnergy } from '../../shared/results/study.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { notMeasured, numberWords, secondsWords } from '../../shared/results/numbers.ts';
import { wattHoursWords } from '../components/amounts.ts';

/** Where the search's energy went, by learner, and what it compares with. */
export class StudyEnergyView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      ul {
        list-style: disc;
        padding-left: 20px;
        margin-top: 8px;
      }
    `,
  ];
  static override properties = { energy: { attribute: false } };
  declare energy: StudyEnergy | null;

  constructor() {
    super();
    this.energy = null;
  }

  protected override render() {
    const { energy } = this;
    if (!energy || energy.byLearner.length === 0) return nothing;
    return html`<vitrine-figure
      heading="Where the energy went"
      question="Energy of the whole search by learner."
      .table=${table(energy)}
    >
      <vitrine-interval-bars label="Energy by learner" .bars=${energy.byLearner.toSorted(mostFirst).map(bar)}></vitrine-interval-bars>
      ${
        energy.equivalents.length > 0
          ? html`<ul class="small quiet">
            ${energy.equivalents.map((words) => html`<li>${words}</li>`)}
          </ul>`
          : nothing
      }
    </vitrine-figure>`;
  }
}

type Share = StudyEnergy['byLearner'][number];

const mostFirst = (a: Share, b: Share): number => (b.wattHours ?? -1) - (a.wattHours ?? -1);

const bar = ({ learner, trials, wattHours, seconds }: Share): Bar => ({
  label: learner,
  value: wattHours ?? 0,
  words: wattHoursWords(wattHours),
  note: `${numberWords(trials)} ${trials === 1 ? 'trial' : 'trials'}, ${secondsWords(seconds)}`,
});

const table = ({ byTrial }: StudyEnergy): TableContent => ({
  caption: 'Energy by trial',
  columns: [
    { title: 'Trial', numeric: true },
    { title: 'Learner' },
    { title: 'Energy', numeric: true },
    { title: 'Time', numeric: true },
  ],
  rows: byTrial.map(({ trial, learner, wattHours, seconds }) => [
    String(trial),
    learner,
    wattHours === null ? notMeasured : wattHoursWords(wattHours),
    secondsWords(seconds),
  ]),
});
define('vitrine-study-energy', StudyEnergyView);
