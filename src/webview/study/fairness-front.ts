import { html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { type FairnessFront, fairnessFrontWords } from '../../shared/results/fairness-front.ts';
import { intervalWords, numberWords } from '../../shared/results/numbers.ts';
import '../charts/chart.ts';
import { type FairnessMark, fairnessFrontChart, fairnessMark, fairnessMarks } from '../charts/fairness-front-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import type { TableContent } from '../components/table-content.ts';
import { legend, legendStyles } from '../search/legend.ts';
import { metricInfo } from './objective.ts';
import { openTrial } from './open-trial.ts';

const fitted: Readonly<Record<FairnessMark, string>> = {
  plain: 'as it is',
  reweighted: 'on reweighted rows',
  thresholds: 'a threshold for each group',
};

/** What treating groups alike costs over the search's trials: each by its difference between groups and the first objective. */
export class FairnessFrontView extends VitrineElement {
  static override styles = [baseStyles, legendStyles];
  static override properties = { front: { attribute: false }, readOnly: { attribute: false } };
  declare front: FairnessFront | null;
  declare readOnly: boolean;

  constructor() {
    super();
    this.front = null;
    this.readOnly = false;
  }

  protected override render() {
    const { front, readOnly } = this;
    if (!front) return nothing;
    const words = fairnessFrontWords(front);
    const counts = Map.groupBy(front.trials, fairnessMark);
    return html`<vitrine-figure
      heading="What treating groups of ${front.column} alike costs"
      question=${`${metricInfo(front.metric).title}, out of fold. Full marks: no trial is as good and as fair. The dashed line is the bound.`}
      .lead=${words}
      .table=${frontTable(front)}
    >
      <vitrine-chart label=${words} .build=${fairnessFrontChart(front, readOnly ? null : (trial) => openTrial(this, trial))}></vitrine-chart>
      ${legend(
        [...counts.keys()].map((mark) => ({
          words: fitted[mark],
          mark: fairnessMarks[mark],
          count: counts.get(mark)!.length,
        })),
      )}
    </vitrine-figure>`;
  }
}

const frontTable = ({ trials, objective, limit }: FairnessFront): TableContent => ({
  caption: 'Trials by fairness',
  columns: [
    { title: 'Trial', numeric: true },
    { title: 'Learner' },
    { title: metricInSentence(objective.metric), numeric: true },
    { title: 'Difference', numeric: true, hint: 'Between the groups, with its 95 % interval' },
    { title: 'Standing' },
    { title: 'Fitted' },
  ],
  rows: trials.map((trial) => {
    const { difference, interval, value, learner, onFront } = trial;
    return [
      String(trial.trial),
      learner,
      numberWords(value, 4),
      `${numberWords(difference)}${interval ? ` (${intervalWords(interval)})` : ''}`,
      [difference <= limit ? 'keeps the bound' : 'breaks it', onFront ? 'on the front' : ''].filter(Boolean).join(', '),
      fitted[fairnessMark(trial)],
    ];
  }),
});

define('vitrine-fairness-front', FairnessFrontView);
