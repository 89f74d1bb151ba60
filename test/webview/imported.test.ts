import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { studyReportWords } from '../../src/shared/results/study-report-words.ts';
import { bestSoFarWords } from '../../src/webview/study/best-so-far-words.ts';
import { leaderboardColumns } from '../../src/webview/study/leaderboard-columns.ts';
import { paramsTable, writtenTables } from '../../src/webview/trial/configuration-tables.ts';
import { importedFailure, importedStudy, importedTrial } from './fixtures/imported.ts';

describe("another program's study in the views", () => {
  it('has columns for what it calls its values, none for energy, and says what is not known', () => {
    const columns = leaderboardColumns(importedStudy);
    assert.deepEqual(
      columns.map(({ title }) => title),
      ['cost (Optuna)', 'gain', 'Time'],
    );
    assert.equal(columns[2].words(importedStudy.leaderboard[1]), 'not measured');
    assert.match(bestSoFarWords(importedStudy), /^Improved once, from .* to .*; last at trial 2 of 3\.$/);
  });

  it('shows what was written down of a trial, a parameter called learner too', () => {
    const tables = writtenTables(importedTrial.trial);
    assert.deepEqual(
      tables.map(({ caption, rows }) => [caption, rows.length]),
      [
        ['Intermediate values', 2],
        ['Constraints', 2],
        ['Written down with it', 4],
      ],
    );
    assert.deepEqual(tables[1].rows[0], ['1 <= 0', '0.817', 'no']);
    assert.equal(paramsTable(importedTrial.trial).rows.length, 4);
    assert.deepEqual(writtenTables(importedFailure.trial), []);
  });

  it('is told in words without a model, data or validation', () => {
    const energy = { total: null, byLearner: [], byTrial: [], equivalents: [] };
    const best = { ...importedTrial, isBest: true };
    const words = studyReportWords({
      version: 1,
      madeAt: '',
      snapshot: importedStudy,
      energy,
      trials: [best],
      search: null,
      ensemble: null,
      verdicts: [],
      leftOut: [],
    })
      .map((paragraph) => paragraph.words)
      .join('\n');
    assert.match(words, /Optuna study "two goals", read from tuning\.db\./);
    assert.match(words, /Trial 3, Optuna trial: cost \(Optuna\) 7\.768 and gain -32\.26\./);
    assert.doesNotMatch(words, /undefined|NaN|validation|data could not/);
  });
});
