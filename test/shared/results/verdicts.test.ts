import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataChecks } from '../../../src/engine/checks/registry.ts';
import type { Explanation } from '../../../src/shared/results/explanation.ts';
import { judges } from '../../../src/shared/results/explanation-verdicts.ts';
import type { TrialDetail } from '../../../src/shared/results/study.ts';
import { studyVerdicts } from '../../../src/shared/results/study-verdicts.ts';
import { byOutcome, type Verdict, verdictLine, verdictTally } from '../../../src/shared/results/verdict.ts';
import { dataFindings } from '../../webview/fixtures/data-findings.ts';
import { explainedTrials } from '../../webview/fixtures/explained-trials.ts';
import { finishedStudy } from '../../webview/fixtures/studies.ts';
import { bareTrial, fullTrial } from '../../webview/fixtures/trials.ts';

const { findings: _, ...unchecked } = finishedStudy;
const withFindings = { ...finishedStudy, findings: dataFindings };
const aboutData = (verdicts: readonly Verdict[]) => verdicts.filter(({ about }) => about === 'data');
const explained = (...explanations: readonly Explanation[]): TrialDetail => ({ ...fullTrial, explanations });
const ofKind = (verdicts: readonly Verdict[], kind: string) =>
  verdicts.filter(({ check }) => check === kind || check.startsWith(`${kind} `));

describe('verdicts', () => {
  it('every data check has one line, whether it found something, passed, or was not made', () => {
    for (const snapshot of [withFindings, unchecked]) {
      const lines = aboutData(studyVerdicts(snapshot, [fullTrial], dataChecks));
      assert.deepEqual(
        lines.map(({ check }) => check),
        dataChecks.map(({ name }) => name),
      );
    }
    assert.equal(dataChecks.length, 23);
  });

  it('tells errors as failed, warnings and notes as to look at, with figure and bound', () => {
    const lines = aboutData(studyVerdicts(withFindings, [], dataChecks));
    const leak = lines.find(({ check }) => check === 'target-leak');
    assert.equal(leak?.outcome, 'failed');
    assert.deepEqual(leak?.figure?.bound, { is: 'at most', value: 0.8 });
    assert.equal(lines.find(({ check }) => check === 'shared-rows')?.outcome, 'to look at');
    for (const { check } of dataFindings.skipped)
      assert.equal(lines.find((one) => one.check === check)?.outcome, 'not checked', check);
    for (const line of aboutData(studyVerdicts(unchecked, [], dataChecks))) assert.equal(line.outcome, 'not checked');
  });

  it('keeps the figure of a check that passed', () => {
    const figure = { measure: 'share', value: 0.001, bound: { is: 'at most', value: 0.01 } } as const;
    const done = [{ check: 'duplicates', title: 'Duplicate rows', seconds: 0, figure }];
    const snapshot = { ...finishedStudy, findings: { ...dataFindings, findings: [], done } };
    const line = studyVerdicts(snapshot, [], dataChecks).find(({ check }) => check === 'duplicates');
    assert.equal(line && verdictLine(line), 'passed: Duplicate rows. [share 0.001, at most 0.01]');
  });

  it('every figure of a model that has a threshold has a line, made or not', () => {
    const lines = studyVerdicts(finishedStudy, [bareTrial], dataChecks);
    for (const kind of Object.keys(judges)) assert.equal(ofKind(lines, kind).length > 0, true, kind);
    assert.equal(ofKind(lines, 'robustness')[0].outcome, 'not checked');
    assert.match(ofKind(lines, 'fairness')[0].where, /^vitrine explain .* --kind fairness$/);
  });

  for (const [name, explanations] of Object.entries(explainedTrials)) {
    const [{ kind }] = explanations;
    if (!(kind in judges)) continue;
    it(`judges ${name}`, () => {
      const lines = ofKind(studyVerdicts(finishedStudy, [explained(...explanations)], dataChecks), kind);
      assert.ok(lines.length > 0);
      for (const line of lines) {
        assert.doesNotMatch(verdictLine(line), /undefined|NaN|\[object|Infinity/);
        if (line.figure && line.outcome !== 'not checked') {
          const { value, bound } = line.figure;
          const keeps = bound.is === 'at most' ? value <= bound.value : value >= bound.value;
          assert.equal(keeps, line.outcome === 'passed', verdictLine(line));
        }
      }
    });
  }

  it('says nothing good of poor explanations', () => {
    const poor = ['surrogate-tree-poor', 'text-surrogate-poor', 'trust-score-nothing', 'decisions-needless'] as const;
    for (const name of poor) {
      const [one] = explainedTrials[name];
      const lines = ofKind(studyVerdicts(finishedStudy, [explained(one)], dataChecks), one.kind);
      assert.ok(
        lines.some(({ outcome }) => outcome !== 'passed'),
        name,
      );
    }
  });

  it('puts first what asks for something', () => {
    const lines = byOutcome(studyVerdicts(withFindings, [fullTrial], dataChecks));
    assert.equal(lines[0].outcome, 'failed');
    assert.equal(lines.at(-1)?.outcome, 'passed');
    assert.match(verdictTally(lines), /^\d+ failed, \d+ to look at, \d+ not checked and \d+ passed$/);
  });
});
