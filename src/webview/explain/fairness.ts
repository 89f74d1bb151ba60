import { css, html, nothing } from 'lit';
import {
  type Attribute,
  differenceWords,
  errorNames,
  errorTitles,
  type Fairness,
  fairnessWords,
  type Group,
  lawWords,
  type Measured,
  rateNames,
  rateTitles,
  simulationWords,
} from '../../shared/results/fairness.ts';
import {
  countWords,
  intervalWords,
  numberWords,
  percentIntervalWords,
  percentWords,
} from '../../shared/results/numbers.ts';
import { groupCalibrationChart } from '../charts/group-calibration-chart.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/chart.ts';
import '../charts/interval-bars.ts';
import { thresholdCostChart } from '../charts/threshold-cost-chart.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { select } from '../components/select.ts';
import type { TableContent } from '../components/table-content.ts';
import '../components/figure.ts';
import { mitigationBars } from './mitigation-bars.ts';
import { quality } from './quality.ts';

/** The first measures that are drawn: how many are selected, and the two ways to be wrong. */
const drawn = ['selection', 'truePositive', 'falsePositive', 'precision'] as const;

/** For whom the model errs: rates or errors by group with intervals, how far groups lie apart, and what thresholds a group would cost. */
export class FairnessView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      h4 {
        margin: 12px 0 2px;
        font-size: inherit;
        font-weight: 600;
      }
      .measures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
        gap: 4px 24px;
      }
      .differences li {
        padding: 2px 0 2px 10px;
        border-left: 2px solid var(--vscode-charts-lines);
        margin-bottom: 3px;
      }
      .differences .clear {
        border-left-color: var(--bad);
      }
      h3 {
        margin-top: 16px;
      }
      .ways {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
      }
      .law {
        padding-left: 10px;
        border-left: 2px solid var(--vscode-charts-orange, #d18616);
      }
      vitrine-chart {
        --chart-height: 180px;
      }
    `,
  ];
  static override properties = { result: { attribute: false }, chosen: { state: true } };
  declare result: Fairness | null;
  declare chosen: string;

  constructor() {
    super();
    this.result = null;
    this.chosen = '';
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const attribute = result.attributes.find(({ name }) => name === this.chosen) ?? result.attributes[0];
    return html`<vitrine-figure
      heading="For whom it errs"
      question=${questionOf(result)}
      lead=${result.partial ?? ''}
      .words=${fairnessWords(result)}
      .table=${result.attributes.length > 0 ? fairnessTable(result) : null}
    >
      ${result.attributes.length > 1 ? this.#chooser(result, attribute) : nothing}
      ${attribute ? attributeView(attribute, result) : html`<p>There is no group to compare. Name columns in <code>data: sensitive:</code> of the experiment file.</p>`}
      ${result.absent.length > 0 ? html`<p class="small quiet">Not among the model's columns, so not looked at: ${result.absent.join(', ')}.</p>` : nothing}
      ${quality(result)}
    </vitrine-figure>`;
  }

  #chooser({ attributes }: Fairness, attribute: Attribute) {
    return html`<div class="row">
      <span class="quiet">Groups by</span>
      ${select({
        label: 'Groups by',
        options: attributes.map(({ name }) => ({ value: name, label: name })),
        value: attribute.name,
        onChange: (name) => {
          this.chosen = name;
        },
      })}
    </div>`;
  }
}

function questionOf({ positive, rows, part, unit }: Fairness): string {
  const what =
    positive === undefined ? `Errors of ${unit}` : `How often "${positive}" is predicted, and how often wrongly,`;
  return `For whom does it fail? ${what} by group; lines are 95 % intervals. ${numberWords(rows)} rows of the ${part} part.`;
}

const origins: Readonly<Record<Attribute['from'], string>> = {
  sensitive: 'A sensitive column.',
  category: 'No column is named sensitive in the experiment file: a category of the data.',
  slice:
    'A slice that was found because its loss is larger; the groups differ by that choice, so differences are not tested.',
};

function attributeView(attribute: Attribute, { positive, smallest }: Fairness) {
  const { name, from, groups, differences, simulation } = attribute;
  const curves = groups.filter(({ curve, small }) => curve && curve.length > 1 && !small);
  return html`<h4>${name}</h4>
    <p class="small quiet">${origins[from]}</p>
    <div class="measures">${positive === undefined ? errorBars(groups, smallest) : rateBars(groups, smallest)}</div>
    <h4>How far groups lie apart</h4>
    <ul class="differences">
      ${differences
        .filter(({ value }) => value !== null)
        .map((one) => html`<li class=${one.distinguishable ? 'clear' : ''}>${differenceWords(one)}</li>`)}
    </ul>
    ${differences.every(({ value }) => value === null) ? html`<p class="quiet">Too few groups are large enough to be compared.</p>` : nothing}
    ${
      curves.length > 0
        ? html`<h4>Calibration by group</h4>
          <p class="small quiet">Where ${positive} comes as often as its probability says, the line lies on the diagonal. ${curveLegend(curves)}</p>
          <vitrine-chart .build=${groupCalibrationChart(curves)} label="Calibration by group of ${name}"></vitrine-chart>`
        : nothing
    }
    ${
      simulation && simulation.points.length > 1
        ? html`<h4>Thresholds for each group: a simulation</h4>
          <p class="small quiet">${simulationWords(attribute)} Chosen on one half of the rows, measured on the other.</p>
          <vitrine-chart .build=${thresholdCostChart(simulation)} label="Accuracy by the difference of selection rates"></vitrine-chart>`
        : nothing
    }
    ${mitigationSection(attribute)}`;
}

/** What each way to treat groups more alike would cost, side by side. */
function mitigationSection({ mitigation }: Attribute) {
  if (mitigation === undefined) return nothing;
  const heading = html`<h3>What mitigation would cost</h3>`;
  if (mitigation === 'nothing')
    return html`${heading}<p class="quiet">There is nothing to mitigate: chance alone takes the rates of the groups as far apart.</p>`;
  const refitted = mitigation.rows.some((row) => row.name === 'reweighted');
  return html`${heading}
    <p class="small quiet">
      The same rows decided in other ways; thresholds a group are to hold a difference of ${numberWords(mitigation.limit)}, and are chosen on one half of the rows, measured on the other.
      ${refitted ? 'The model was also fitted again on rows weighted so that groups and classes are independent.' : 'The model was not fitted again on reweighted rows.'}
    </p>
    <div class="measures ways">${mitigationBars(mitigation)}</div>
    <p class="small law">${lawWords}</p>`;
}

const lines = ['solid', 'dashed', 'dotted', 'dash-dotted'];
const curveLegend = (groups: readonly Group[]): string =>
  `${groups
    .slice(0, lines.length)
    .map(({ name }, i) => `${name}: ${lines[i]}`)
    .join(', ')}.`;

const rateBars = (groups: readonly Group[], smallest: number) =>
  drawn.map((rate) => bars(rateTitles[rate], groups, smallest, ({ rates }) => rates?.[rate], true));

const errorBars = (groups: readonly Group[], smallest: number) =>
  errorNames
    .slice(1)
    .map((error) => bars(errorTitles[error], groups, smallest, ({ errors }) => errors?.[error], false));

function bars(
  title: string,
  groups: readonly Group[],
  smallest: number,
  of: (group: Group) => Measured | undefined,
  isShare: boolean,
) {
  const told = groups.flatMap((group): Bar[] => {
    const measured = of(group);
    if (!measured || measured.value === null) return [];
    return [
      {
        label: group.name,
        conditions: group.conditions,
        value: measured.value,
        interval: measured.interval ?? undefined,
        words: isShare ? percentWords(measured.value, 0) : numberWords(measured.value),
        look: group.small ? 'hollow' : 'solid',
        note: group.small
          ? `${countWords(group.rows, 'row')}, fewer than ${smallest}: not compared`
          : countWords(group.rows, 'row'),
      },
    ];
  });
  if (told.length === 0) return nothing;
  return html`<div>
    <h4>${title}</h4>
    <vitrine-interval-bars label=${title} .bars=${told}></vitrine-interval-bars>
  </div>`;
}

function fairnessTable({ attributes, positive }: Fairness): TableContent {
  const names = positive === undefined ? errorNames : rateNames;
  const titleOf = (name: (typeof names)[number]) => ({ ...rateTitles, ...errorTitles })[name];
  const cell = (measured: Measured | undefined): string => {
    if (!measured || measured.value === null) return 'not measured';
    const { value, interval } = measured;
    if (positive === undefined) return `${numberWords(value)}${interval ? ` (${intervalWords(interval)})` : ''}`;
    return `${percentWords(value)}${interval ? ` (${percentIntervalWords(interval)})` : ''}`;
  };
  return {
    caption: 'Fairness by group',
    columns: [
      { title: 'Groups by' },
      { title: 'Group' },
      { title: 'Rows', numeric: true },
      ...names.map((name) => ({ title: titleOf(name), numeric: true, hint: 'With its 95 % interval' })),
    ],
    rows: attributes.flatMap(({ name, groups }) =>
      groups.map((group) => [
        name,
        group.name,
        numberWords(group.rows),
        ...names.map((one) => cell({ ...group.rates, ...group.errors }[one])),
      ]),
    ),
  };
}
define('vitrine-fairness', FairnessView);
