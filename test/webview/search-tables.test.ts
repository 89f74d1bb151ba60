import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frontAt } from '../../src/shared/results/search-front.ts';
import { replayAt } from '../../src/shared/results/search-replay.ts';
import { foremost } from '../../src/webview/charts/along-front-chart.ts';
import { placeOn } from '../../src/webview/charts/dependence-chart.ts';
import { endedTrials } from '../../src/webview/charts/replay-chart.ts';
import { type TableContent, toCsv } from '../../src/webview/components/table-content.ts';
import { pathBars } from '../../src/webview/search/tables/ablation-path.ts';
import { alongFrontTable } from '../../src/webview/search/tables/along-front.ts';
import { calibrationTable } from '../../src/webview/search/tables/calibration.ts';
import { dependenceTable } from '../../src/webview/search/tables/dependence.ts';
import { effortTable } from '../../src/webview/search/tables/effort.ts';
import { footprintTable } from '../../src/webview/search/tables/footprint.ts';
import { importanceTable } from '../../src/webview/search/tables/importance.ts';
import { momentWords } from '../../src/webview/search/tables/moment-words.ts';
import { outlookTable } from '../../src/webview/search/tables/outlook.ts';
import { paretoTable } from '../../src/webview/search/tables/pareto.ts';
import { replayTable } from '../../src/webview/search/tables/replay.ts';
import { curvesTable, runsTable } from '../../src/webview/search/tables/runs.ts';
import { rejectedTable, whyTable } from '../../src/webview/search/tables/why.ts';
import * as search from './fixtures/search.ts';

const tables: Readonly<Record<string, TableContent>> = {
  importance: importanceTable(search.importance),
  ablation: importanceTable(search.ablation),
  alongFront: alongFrontTable(search.alongFront),
  calibration: calibrationTable(search.calibration),
  dependence: dependenceTable(search.dependence),
  plane: dependenceTable(search.plane),
  effort: effortTable(search.effort),
  footprint: footprintTable(search.footprint),
  outlook: outlookTable(search.outlook),
  replay: replayTable(search.replay),
  pareto: paretoTable(frontAt(search.replay, [0, 1], 40), search.replay),
  curves: curvesTable(search.runs),
  runs: runsTable(search.runs),
  why: whyTable(search.why),
  pruned: whyTable(search.whyPruned),
  rejected: rejectedTable(search.why),
};

describe('the tables of the search', () => {
  for (const [name, table] of Object.entries(tables)) {
    it(`${name}: a cell for every column, and nothing unspeakable`, () => {
      assert.ok(table.rows.length > 0);
      for (const row of table.rows) assert.equal(row.length, table.columns.length);
      assert.doesNotMatch(toCsv(table), /undefined|NaN|Infinity|\[object|null/);
    });
  }

  it('importance tells of parameters, pairs and the steps of the path', () => {
    const { parameters, pairs = [] } = search.importance;
    assert.equal(tables.importance.rows.length, parameters.length + pairs.length);
    assert.deepEqual(tables.ablation.rows.at(-1)?.[0], 'boosting.learning_rate: not there to 0.07, then foretold');
  });

  it('a plane has its first hyperparameter without, its second within', () => {
    const [first, second] = tables.plane.rows;
    assert.deepEqual([first[0], first[1]], ['0.001', 'logistic']);
    assert.deepEqual([second[0], second[1]], ['0.001', 'knn']);
  });

  it('why names all that had a part in it', () => {
    const parts = new Set(tables.why.rows.map(([part]) => part));
    for (const part of ['suggested', 'foretold', 'spoke for it', 'spoke against it', 'exploit', 'explore', 'not taken'])
      assert.ok(parts.has(part), part);
    assert.ok(tables.pruned.rows.some(([part, by]) => part === 'stopped' && by === 'median'));
  });
});

describe('the drawings of the search', () => {
  it('a moment says how many trials had ended, the best then and the states', () => {
    const words = momentWords(replayAt(search.replay, 12), search.replay);
    assert.match(
      words,
      /^When 12 of 40 trials had ended, after .* s: the best was trial \d+ with log loss [\d.]+\. 11 complete, 1 pruned and 1 running\.$/,
    );
    assert.match(momentWords(replayAt(search.replay, 0), search.replay), /there was no best yet/);
  });

  it('marks are the trials with a value, in the order of their ends', () => {
    const ends = [3, 1, 17];
    const marks = endedTrials({ ...search.replay, ends });
    assert.deepEqual(
      marks.map(({ trial, order }) => [trial, order]),
      [
        [3, 1],
        [1, 2],
      ],
    );
  });

  it('choices lie at their place, numbers at their value', () => {
    assert.equal(placeOn(search.choiceDependence.axes[0], 'tree'), 2);
    assert.equal(placeOn(search.dependence.axes[0], 0.1), 0.1);
  });

  it('the path begins at the default, and lines are drawn for what matters most anywhere', () => {
    assert.deepEqual(
      pathBars(search.ablation).map(({ label }) => label),
      ['trial 0, the default', 'learner: logistic → boosting', 'boosting.learning_rate: not there → 0.07'],
    );
    assert.deepEqual(foremost(search.alongFront).slice(0, 2), ['mlp.units', 'learner']);
  });
});
