import { css, html, nothing, type TemplateResult } from 'lit';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import {
  type Decisions,
  decisionsMetricWords,
  decisionsWords,
  type ResidualBin,
  type ThresholdCounts,
  type ThresholdDecisions,
  verdictWords,
} from '../../shared/results/decisions.ts';
import {
  countWords,
  intervalWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from '../../shared/results/numbers.ts';
import type { BrushedArea } from '../charts/chart.ts';
import '../charts/chart.ts';
import { shareCurveChart } from '../charts/curve-chart.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';
import { residualChart } from '../charts/residual-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import '../components/data-table.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { TableCell, TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { quality } from './quality.ts';

/** What can be decided by the model: against baselines, at each threshold, by its probabilities or its residuals. */
export class DecisionsView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        margin: 14px 0 2px;
        font-size: inherit;
        font-weight: 600;
      }
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
        gap: 4px 24px;
      }
      vitrine-chart {
        --chart-height: 200px;
      }
      .threshold input {
        flex: 1;
        min-width: 120px;
        max-width: 420px;
        accent-color: var(--vscode-charts-blue);
      }
      vitrine-table {
        margin-top: 4px;
        --table-height: 300px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, place: { state: true } };
  declare result: Decisions | null;
  /** Which of the thresholds; null: the one nearest to 0.5. */
  declare place: number | null;

  constructor() {
    super();
    this.result = null;
    this.place = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const { thresholds, calibration, residuals, confusion } = result;
    return html`<vitrine-figure
      heading="What can be decided by it"
      question="When can it be trusted? ${countWords(result.rows, 'row')} of the ${result.part} part; lines are 95 % intervals."
      lead=${result.partial ?? ''}
      .words=${decisionsWords(result)}
      .table=${decisionsTable(result)}
    >
      ${result.baselines.length > 0 ? baselines(result) : nothing}
      ${thresholds ? this.#threshold(thresholds) : confusion ? confusionTable(result) : nothing}
      <div class="charts">
        ${thresholds ? curves(thresholds) : nothing} ${calibration ? calibrationView(calibration) : nothing}
      </div>
      ${residuals ? residualViews(result) : nothing} ${quality(result)}
    </vitrine-figure>`;
  }

  #threshold({ counts, positive, best }: ThresholdDecisions) {
    const usual = counts.reduce(
      (near, one, i) => (Math.abs(one.threshold - 0.5) < Math.abs(counts[near].threshold - 0.5) ? i : near),
      0,
    );
    const place = Math.min(this.place ?? usual, counts.length - 1);
    const one = counts[place];
    const move = (event: Event) => {
      this.place = counts.length - 1 - Number((event.target as HTMLInputElement).value);
    };
    // Thresholds fall from left to right in the result; a slider rises.
    return html`<h4>What a threshold decides</h4>
      ${
        best
          ? html`<p class="small quiet">The least cost is at ${numberWords(best.threshold, 2)}: ${numberWords(best.cost)} a row on rows it was not chosen on, against ${numberWords(best.usualCost)} at 0.5.</p>`
          : nothing
      }
      <div class="row threshold">
        <label for="threshold">"${positive}" above</label>
        <input
          id="threshold"
          type="range"
          min="0"
          max=${counts.length - 1}
          .value=${String(counts.length - 1 - place)}
          aria-valuetext=${numberWords(one.threshold, 2)}
          @input=${move}
        />
        <span class="numbers">${numberWords(one.threshold, 2)}</span>
      </div>
      <vitrine-table .content=${countsTable(one, positive)}></vitrine-table>
      <p class="small quiet">${shareWords(one)}</p>`;
  }
}

function baselines(result: Decisions): TemplateResult {
  const metric = decisionsMetricWords(result);
  const titles = { constant: 'Always saying the same', tree: 'A tree of at most three questions' } as const;
  const bars: Bar[] = [
    {
      label: 'The model',
      value: result.loss.value,
      interval: result.loss.interval,
      words: numberWords(result.loss.value),
    },
    ...result.baselines.map(({ name, loss, saved, beaten }) => ({
      label: titles[name],
      value: loss,
      words: numberWords(loss),
      look: 'hollow' as const,
      note: `the model saves ${numberWords(saved.value)} (${intervalWords(saved.interval)})${beaten ? '' : ', not clearly more than nothing'}`,
    })),
  ];
  return html`<h4>Is machine learning needed?</h4>
    <p class="small quiet">${verdictWords(result)} ${metric}, less is better.</p>
    <vitrine-interval-bars label="${metric} beside baselines" .bars=${bars}></vitrine-interval-bars>`;
}

const countsTable = (one: ThresholdCounts, positive: string): TableContent => ({
  caption: `Decisions above ${numberWords(one.threshold, 2)}`,
  columns: [
    { title: 'Truth' },
    { title: `Decided "${positive}"`, numeric: true },
    { title: 'Otherwise', numeric: true },
  ],
  rows: [
    [
      positive,
      counted(one.truePositive, decided(one, positive, true, true)),
      counted(one.falseNegative, decided(one, positive, true, false)),
    ],
    [
      'otherwise',
      counted(one.falsePositive, decided(one, positive, false, true)),
      counted(one.trueNegative, decided(one, positive, false, false)),
    ],
  ],
});

/** The rows of a class, or of the others, that a threshold decides for, or against. */
function decided(
  { threshold }: ThresholdCounts,
  positive: string,
  has: boolean,
  isDecided: boolean,
): readonly CohortCondition[] {
  const bound = { value: threshold, included: !isDecided };
  const range = isDecided ? { low: bound, high: null } : { low: null, high: bound };
  return [
    { kind: 'actual', classes: [positive], isNot: !has },
    { kind: 'outcome', of: 'prediction', class: positive, ...range },
  ];
}

/** Nobody looks at no rows. */
const counted = (count: number, conditions: readonly CohortCondition[]): TableCell =>
  count === 0 ? numberWords(count) : { text: numberWords(count), conditions };

function shareWords({ truePositive, falsePositive, falseNegative, trueNegative, cost }: ThresholdCounts): string {
  const of = (part: number, whole: number) => (whole === 0 ? 'none to be had' : percentWords(part / whole, 0));
  return `Precision ${of(truePositive, truePositive + falsePositive)}, recall ${of(truePositive, truePositive + falseNegative)}, false positive rate ${of(falsePositive, falsePositive + trueNegative)}, cost a row ${numberWords(cost)}.`;
}

const confusionTable = ({ classes = [], confusion = [], meanCost }: Decisions) => html`<h4>What is taken for what</h4>
  <vitrine-table
    .content=${{
      caption: 'Confusion',
      columns: [{ title: 'Truth' }, ...classes.map((name) => ({ title: `Decided ${name}`, numeric: true }))],
      rows: confusion.map((row, i) => [
        classes[i],
        ...row.map((count, k) =>
          counted(count, [
            { kind: 'predicted', classes: [classes[k]], isNot: false },
            { kind: 'actual', classes: [classes[i]], isNot: false },
          ]),
        ),
      ]),
    }}
  ></vitrine-table>
  ${meanCost ? html`<p class="small quiet">Cost a row: ${numberWords(meanCost.mostProbable)} by the most probable class, ${numberWords(meanCost.leastExpected)} by the one of least expected cost.</p>` : nothing}`;

const pair = (x: string, xValue: number, y: string, yValue: number) => [
  `${x} ${percentWords(xValue)}`,
  `${y} ${percentWords(yValue)}`,
];

function curves({ counts, rocAuc, averagePrecision, gain, rate, positive }: ThresholdDecisions) {
  const roc = counts.map(({ threshold, truePositive, falsePositive, falseNegative, trueNegative }) => {
    const [x, y] = [falsePositive / (falsePositive + trueNegative), truePositive / (truePositive + falseNegative)];
    const title = `above ${numberWords(threshold, 2)}`;
    return { x, y, told: { title, lines: pair('false positive rate', x, 'true positive rate', y) } };
  });
  const precision = counts.slice(1).map(({ threshold, truePositive, falsePositive, falseNegative }) => {
    const [x, y] = [truePositive / (truePositive + falseNegative), truePositive / (truePositive + falsePositive)];
    return { x, y, told: { title: `above ${numberWords(threshold, 2)}`, lines: pair('recall', x, 'precision', y) } };
  });
  const gains = gain.map(({ share, gain: own, interval, lift }) => ({
    x: share,
    y: own,
    ...interval,
    told: {
      title: `the ${percentWords(share, 0)} most probable rows`,
      lines: [`hold ${percentWords(own, 0)} (${percentIntervalWords(interval)})`, `lift ${numberWords(lift, 2)}`],
    },
  }));
  return html`${
    rocAuc
      ? chart(
          `ROC curve, area ${numberWords(rocAuc.value)} (${intervalWords(rocAuc.interval)})`,
          'What is found of the class against what is taken for it wrongly; dashed: chance.',
          shareCurveChart({
            xTitle: 'false positive rate',
            yTitle: 'true positive rate',
            points: roc,
            reference: [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
          }),
        )
      : nothing
  }
  ${
    averagePrecision
      ? chart(
          `Precision and recall, average ${numberWords(averagePrecision.value)} (${intervalWords(averagePrecision.interval)})`,
          'How much of what is decided is right, against how much is found; dashed: chance.',
          shareCurveChart({
            xTitle: 'recall',
            yTitle: 'precision',
            points: precision,
            reference: [
              { x: 0, y: rate },
              { x: 1, y: rate },
            ],
          }),
        )
      : nothing
  }
  ${
    gains.length > 0
      ? chart(
          `Gain${gain[0] ? `, lift ${numberWords(gain[0].lift, 2)} in the first tenth` : ''}`,
          `Share of all "${positive}" among the most probable rows; dashed: chance.`,
          shareCurveChart({
            xTitle: 'share of rows, most probable first',
            yTitle: 'share found',
            points: gains,
            reference: [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
            marks: true,
          }),
        )
      : nothing
  }`;
}

const chart = (title: string, words: string, build: ReturnType<typeof shareCurveChart>) => html`<div>
  <h4>${title}</h4>
  <p class="small quiet">${words}</p>
  <vitrine-chart .build=${build} label=${title}></vitrine-chart>
</div>`;

function calibrationView(calibration: NonNullable<Decisions['calibration']>) {
  const points = calibration.map(({ probability, frequency, interval, rows }) => ({
    x: probability,
    y: frequency,
    ...interval,
    told: {
      title: countWords(rows, 'row'),
      lines: [
        `said ${percentWords(probability)}`,
        `came true ${percentWords(frequency)} (${percentIntervalWords(interval)})`,
      ],
    },
  }));
  return chart(
    'Calibration',
    'How often it came true against how probable it was said to be; dashed: both agree.',
    shareCurveChart({
      xTitle: 'mean probability',
      yTitle: 'came true',
      points,
      reference: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      marks: true,
    }),
  );
}

function residualViews({ residuals, target }: Decisions) {
  if (!residuals) return nothing;
  return html`<h4>Residuals along the prediction</h4>
    <p class="small quiet">Truth less prediction of ${countWords(residuals.points.length, 'row')}; dashed: no error.</p>
    <vitrine-chart
      .build=${residualChart(residuals, target)}
      .brushed=${brushedResiduals}
      label="Residuals of ${target} by prediction"
    ></vitrine-chart>
    <div class="charts">
      ${binBars('Mean residual by prediction', residuals.byPrediction)}
      ${residuals.byColumn.map(({ column, bins }) => binBars(`Mean residual by ${column}`, bins))}
    </div>`;
}

const brushedResiduals = ({ x, y }: BrushedArea): readonly CohortCondition[] => [
  { kind: 'outcome', of: 'prediction', ...x },
  { kind: 'outcome', of: 'residual', ...y },
];

const binBars = (title: string, bins: readonly ResidualBin[]) => html`<div>
  <h4>${title}</h4>
  <vitrine-interval-bars label=${title} .bars=${bins.map(binBar)}></vitrine-interval-bars>
</div>`;

const binBar = ({ words, rows, mean, interval, distinguishable }: ResidualBin): Bar => ({
  label: words,
  value: mean,
  interval,
  words: numberWords(mean),
  look: distinguishable ? 'solid' : 'hollow',
  note: `${countWords(rows, 'row')}${distinguishable ? ', clearly off' : ''}`,
});

/** The thresholds of two classes; of several what is taken for what; of numbers the bins; always the baselines. */
function decisionsTable(result: Decisions): TableContent {
  const { thresholds, confusion, classes = [], residuals } = result;
  if (thresholds) {
    const titles = ['Threshold', 'True positive', 'False positive', 'False negative', 'True negative', 'Cost a row'];
    return {
      caption: 'Decisions by threshold',
      columns: titles.map((title) => ({ title, numeric: true })),
      rows: thresholds.counts.map((one) =>
        [one.threshold, one.truePositive, one.falsePositive, one.falseNegative, one.trueNegative, one.cost].map(
          (value) => numberWords(value),
        ),
      ),
    };
  }
  if (confusion)
    return {
      caption: 'Confusion',
      columns: [{ title: 'Truth' }, ...classes.map((name) => ({ title: `Decided ${name}`, numeric: true }))],
      rows: confusion.map((row, i) => [classes[i], ...row.map((count) => numberWords(count))]),
    };
  const bins = [{ column: 'prediction', bins: residuals?.byPrediction ?? [] }, ...(residuals?.byColumn ?? [])];
  return {
    caption: 'Residuals',
    columns: [
      { title: 'Column' },
      { title: 'Where' },
      { title: 'Rows', numeric: true },
      { title: 'Mean residual', numeric: true },
      { title: 'Low', numeric: true, hint: 'Lower end of the 95 % interval' },
      { title: 'High', numeric: true, hint: 'Upper end of the 95 % interval' },
      { title: 'Clearly off' },
    ],
    rows: bins.flatMap(({ column, bins: own }) =>
      own.map((bin) => [
        column,
        bin.words,
        numberWords(bin.rows),
        numberWords(bin.mean),
        numberWords(bin.interval.low),
        numberWords(bin.interval.high),
        bin.distinguishable ? 'yes' : 'no',
      ]),
    ),
  };
}
define('vitrine-decisions', DecisionsView);
