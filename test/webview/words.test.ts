import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { metricInSentence } from '../../src/shared/metric-in-sentence.ts';
import { metricNames, metricsFor, toldMetrics } from '../../src/shared/metrics.ts';
import { finalModelsWords } from '../../src/shared/results/final-models.ts';
import { grams, quantityParts, wattHours } from '../../src/shared/results/numbers.ts';
import { studyReportWords } from '../../src/shared/results/study-report-words.ts';
import { stepPoints, suitsLogarithm } from '../../src/webview/charts/best-so-far-chart.ts';
import { learnerMark } from '../../src/webview/charts/learner-marks.ts';
import { bytesWords, scoreWords, wattHoursWords } from '../../src/webview/components/amounts.ts';
import { toCsv } from '../../src/webview/components/table-content.ts';
import { bestSoFarWords } from '../../src/webview/study/best-so-far-words.ts';
import { dataWords } from '../../src/webview/study/data-words.ts';
import { finalColumns } from '../../src/webview/study/final-models-columns.ts';
import { finalModelsTable } from '../../src/webview/study/final-models-table.ts';
import { leaderboardColumns } from '../../src/webview/study/leaderboard-columns.ts';
import { leaderboardTable } from '../../src/webview/study/leaderboard-table.ts';
import { valueWords } from '../../src/webview/study/objective.ts';
import { countsWords } from '../../src/webview/study/run-words.ts';
import { reports } from './fixtures/reports.ts';
import * as studies from './fixtures/studies.ts';

const everyStudy = Object.values(studies).filter((each) => typeof each === 'object' && 'leaderboard' in each);
const unspeakable = /undefined|NaN|Infinity|\[object|null/;

describe('numbers', () => {
  it('scores keep four decimals so that the points line up', () => {
    assert.equal(scoreWords(0.5), '0.5000');
    assert.equal(scoreWords(-0.0213), '-0.0213');
    assert.equal(scoreWords(45_210.4), '45,210');
    assert.equal(scoreWords(0), '0');
    assert.equal(scoreWords(0.0014553), '0.001455');
    assert.equal(scoreWords(0.0000051734), '5.173e-6');
    assert.equal(scoreWords(Number.NaN), 'not measured');
  });

  it('what is not known reads so', () => {
    for (const missing of [null, undefined, Number.NaN]) {
      for (const words of [scoreWords, wattHoursWords, bytesWords]) assert.equal(words(missing), 'not measured');
    }
    assert.equal(valueWords('energy', undefined), 'not measured');
  });

  it('amounts and their intervals share the unit', () => {
    const amount = { value: 0.0121, interval: { low: 0.0007, high: 1.9 } };
    assert.deepEqual(quantityParts(amount, wattHours), { value: '12.1 mWh', range: '0.7 to 1,900 mWh' });
    const none = { value: 0, interval: { low: 0, high: 0 } };
    assert.deepEqual(quantityParts(none, grams), { value: '0 g', range: '0 to 0 g' });
  });

  it('metrics read well inside a sentence', () => {
    const wanted = ['log loss', 'ROC AUC', 'Matthews correlation', 'Brier score', 'RMSE', 'R2', 'CO2e', 'model size'];
    const said = metricNames.map(metricInSentence);
    for (const name of wanted) assert.ok(said.includes(name), name);
  });
});

describe('the study in words', () => {
  it('best so far tells how often it improved, and since when', () => {
    const objectives = [{ metric: 'log_loss', direction: 'minimize' }] as const;
    const bestSoFar = [
      { trial: 0, value: 0.69, seconds: 0.2 },
      { trial: 4, value: 0.31, seconds: 3.5 },
    ];
    const points = [{ trial: 9, value: 0.5, learner: 'tree' }];
    const words = bestSoFarWords({ ...studies.finishedStudy, objectives, bestSoFar, points });
    assert.equal(words, 'Improved once, from 0.6900 to 0.3100; last at trial 4 of 9, after 3.5 s.');
    assert.deepEqual(stepPoints({ bestSoFar, points }).at(-1), { x: 9, y: 0.31 });
    assert.equal(bestSoFarWords(studies.emptyStudy), '');
  });

  it('counts name only the states that occur', () => {
    assert.equal(countsWords(studies.emptyStudy), '');
    assert.equal(countsWords(studies.searchingStudy), '19 complete, 3 pruned, 2 running');
  });

  it('the axis is logarithmic only where the values allow and ask for it', () => {
    assert.equal(suitsLogarithm([0.02, 1.1]), true);
    assert.equal(suitsLogarithm([0.3, 0.5]), false);
    assert.equal(suitsLogarithm([-1, 40]), false);
    assert.equal(suitsLogarithm([0, 40]), false);
  });

  it('every learner has its mark, unknown ones too', () => {
    assert.notDeepEqual(learnerMark('tree'), learnerMark('boosting'));
    assert.deepEqual(learnerMark('my script'), learnerMark('my script'));
  });

  it('nothing unspeakable is said of any study', () => {
    for (const study of everyStudy) {
      const columns = leaderboardColumns(study);
      const cells = study.leaderboard.flatMap((row) => columns.map((column) => column.words(row) ?? ''));
      const data = study.data ? dataWords(study.data) : '';
      const { finals } = study;
      const last = finals
        ? [
            finalModelsWords(finals),
            toCsv(finalModelsTable({ name: study.name, finals })),
            ...finals.models.flatMap((model) => finalColumns(finals).map(({ words }) => words(model) ?? '')),
          ]
        : [];
      const table = toCsv(leaderboardTable(study));
      const said = [bestSoFarWords(study), countsWords(study), data, ...cells, table, ...last].join('\n');
      assert.doesNotMatch(said, unspeakable, study.name);
    }
    for (const [name, report] of Object.entries(reports)) {
      const said = studyReportWords(report).map(({ words }) => words);
      assert.doesNotMatch(said.join('\n'), unspeakable, name);
    }
  });

  it('energy as an objective has one column, not two', () => {
    const titles = leaderboardColumns(studies.binaryStudy).map(({ title }) => title);
    assert.deepEqual(titles, ['Log loss', 'Energy', 'Time']);
    const tested = leaderboardColumns(studies.finishedStudy).map(({ title }) => title);
    assert.deepEqual(tested, ['Log loss', 'Test', 'Time', 'Energy']);
  });
});

describe('the metrics that are told', () => {
  it('are the objectives, then at most four familiar ones of a task, as far as they were measured', () => {
    for (const task of ['binary', 'multiclass', 'regression'] as const) {
      const measured = Object.fromEntries(metricsFor(task).map((name) => [name, 0.5]));
      const told = toldMetrics([], measured);
      assert.ok(told.length >= 3 && told.length <= 4, `${task}: ${told}`);
      assert.deepEqual(toldMetrics(['model_size'], measured), ['model_size', ...told]);
    }
    assert.deepEqual(toldMetrics(['rmse', 'gain'], { rmse: 1, r2: 0.5, max_error: 3 }), ['rmse', 'r2']);
  });

  it('are all that the report says of the test part', () => {
    const best = studyReportWords(reports.full).find(({ title }) => title === 'Best')?.words ?? '';
    assert.match(best, /On the test part, which the search never saw: log loss [\d.]+ and accuracy [\d.]+\.$/);
    const titles = studyReportWords(reports.full).map(({ title }) => title);
    assert.ok(titles.indexOf('What the search ends with') < titles.indexOf('Best'));
    assert.ok(!studyReportWords(reports.empty).some(({ title }) => title === 'What the search ends with'));
  });
});

describe('tables as CSV', () => {
  it('cells with commas, quotes and line ends are quoted', () => {
    const columns = [{ title: 'a,b' }, { title: 'c' }];
    const rows = [['say "hi"', { text: 'two\nlines', mark: 'differs' as const }]];
    assert.equal(toCsv({ caption: '', columns, rows }), '"a,b",c\r\n"say ""hi""","two\nlines"\r\n');
  });

  it('a cell that a spreadsheet would compute is told to be text', () => {
    const rows = [['=cmd|calc', '+1 2', '-0.004', '@x', '+0.21']];
    const columns = rows[0].map((title) => ({ title: `c${title.length}` }));
    assert.equal(toCsv({ caption: '', columns, rows }).split('\r\n')[1], "'=cmd|calc,'+1 2,-0.004,'@x,+0.21");
  });
});
