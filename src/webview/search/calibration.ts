import { html, nothing } from 'lit';
import { percentIntervalWords, percentWords } from '../../shared/results/numbers.ts';
import { type SearchCalibration, searchCalibrationWords } from '../../shared/results/search-calibration.ts';
import { calibrationChart } from '../charts/calibration-chart.ts';
import '../charts/chart.ts';
import '../charts/interval-bars.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/figure.ts';
import { openTrial } from '../study/open-trial.ts';
import { legend, legendStyles } from './legend.ts';
import { calibrationTable } from './tables/calibration.ts';

/** Whether the search's own predictions held: foretold against true, with the intervals that were written at suggestion. */
export class CalibrationView extends VitrineElement {
  static override styles = [baseStyles, legendStyles];
  static override properties = { result: { attribute: false } };
  declare result: SearchCalibration | null;

  constructor() {
    super();
    this.result = null;
  }

  protected override render() {
    const { result } = this;
    if (!result) return nothing;
    const words = searchCalibrationWords(result);
    return html`<vitrine-figure
      heading="Whether its predictions held"
      question="Can what the search foretells be believed?"
      .lead=${words}
      .table=${result.points.length > 0 ? calibrationTable(result) : null}
    >
      ${result.points.length > 0 ? this.#drawing(result, words) : nothing}
    </vitrine-figure>`;
  }

  #drawing(result: SearchCalibration, words: string) {
    const { points, coverage, interval, promised } = result;
    const held = points.filter(({ inside }) => inside).length;
    return html`<vitrine-chart
        label=${words}
        .build=${calibrationChart(result, (trial) => openTrial(this, trial))}
      ></vitrine-chart>
      ${legend([
        { words: 'truth inside the interval', mark: { shape: 'circle', color: 'blue' }, count: held },
        { words: 'outside', mark: { shape: 'cross', color: 'red' }, count: points.length - held },
      ])}
      ${
        coverage === null || interval === null
          ? nothing
          : html`<vitrine-interval-bars
              label="Share of the truths inside"
              .bars=${[
                { label: 'promised', value: promised, words: percentWords(promised, 0), look: 'hollow' as const },
                {
                  label: 'held',
                  value: coverage,
                  interval,
                  words: percentWords(coverage, 0),
                  note: percentIntervalWords(interval),
                },
              ]}
            ></vitrine-interval-bars>`
      }`;
  }
}

define('vitrine-search-calibration', CalibrationView);
