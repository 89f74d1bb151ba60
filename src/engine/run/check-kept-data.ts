import { existsSync } from 'node:fs';
import { type DataFindings, severities } from '../../shared/results/data-findings.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { dataChecks } from '../checks/registry.ts';
import { isImported } from '../store/records.ts';
import { type AnalysisContext, analysing, jobOptionsOf } from './analyse.ts';
import { findData, findTestSnapshot, isOverTable } from './prepare-data.ts';
import type { StudyInStore } from './subject.ts';

/**
 * The data checks that a run did not wait for, on the parts that it left on the disk; kept with the study beside those that were made.
 * Answers how many were made now.
 */
export async function checkKeptData(
  { store, study }: StudyInStore,
  { seconds, ...context }: AnalysisContext & { readonly seconds: number },
): Promise<number> {
  const { experiment, data } = study;
  if (isImported(experiment) || !isOverTable(experiment) || !data) return 0;
  const before = store.analyses.ofStudy(study.id, 'data-findings');
  const made = new Set(before?.done.map(({ check }) => check));
  const checks = dataChecks.map(({ name }) => name).filter((name) => !made.has(name));
  if (checks.length === 0) return 0;
  const { snapshot: development } = findData(experiment, data, store.folder);
  const test = findTestSnapshot(experiment, data, store.folder);
  const { answer } = await analysing(
    context.pool.run<'data-check'>(
      {
        kind: 'data-check',
        development,
        test: existsSync(test) ? test : null,
        testIsFile: experiment.data.test.kind === 'file',
        seed: experiment.search.seed,
        checks,
        seconds,
      },
      { ...jobOptionsOf(context), onProgress: (share) => context.progress(share, 'Checking the data') },
    ),
  );
  store.analyses.putOfStudy(study.id, before ? together(before, answer) : answer);
  return answer.done.length;
}

/** What was found before and now, of all checks. */
function together(before: DataFindings, now: DataFindings): DataFindings {
  const done = [...before.done, ...now.done];
  const share = done.length / dataChecks.length;
  const findings = [...before.findings, ...now.findings];
  const { partial: _, ...rest } = before;
  return {
    ...rest,
    ...(now.partial !== undefined && { partial: now.partial }),
    cost: { seconds: before.cost.seconds + now.cost.seconds, predictions: 0 },
    quality: {
      measure: before.quality.measure,
      value: share,
      words: `${done.length} of ${dataChecks.length} checks could be made (${percentWords(share, 0)}).`,
    },
    findings: findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    done,
    skipped: now.skipped,
  };
}
