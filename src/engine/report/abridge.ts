import { type Explanation, rowOf } from '../../shared/results/explanation.ts';
import { candidateOf, type LeftOut, type ModelDetail, type StudyReport } from '../../shared/results/study.ts';
import { resultWords } from '../../shared/results/words.ts';

export interface PageLimits {
  /** Of one explanation. */
  readonly explanationBytes: number;
  /** Of all of them. */
  readonly bytes: number;
}

/** A page that a mail takes and a browser opens at once; the largest explanation of the examples has a tenth of the first. */
export const pageLimits: PageLimits = { explanationBytes: 3e6, bytes: 15e6 };

/** The report without the explanations that are too large to draw, the largest first; their words stay. */
export function abridged(report: StudyReport, limits: PageLimits = pageLimits): StudyReport {
  const details: readonly ModelDetail[] = [...(report.ensemble ? [report.ensemble] : []), ...report.trials];
  const sized = details.flatMap((detail) =>
    detail.explanations.map((one) => ({ detail, one, bytes: JSON.stringify(one).length })),
  );
  let total = sized.reduce((sum, { bytes }) => sum + bytes, 0);
  const dropped: typeof sized = [];
  for (const each of sized.toSorted((a, b) => b.bytes - a.bytes)) {
    if (each.bytes <= limits.explanationBytes && total <= limits.bytes) continue;
    dropped.push(each);
    total -= each.bytes;
  }
  if (dropped.length === 0) return report;
  const kept = <D extends ModelDetail>(detail: D): D => ({
    ...detail,
    explanations: detail.explanations.filter(
      (one) => !dropped.some((each) => each.detail === detail && each.one === one),
    ),
  });
  return {
    ...report,
    ensemble: report.ensemble && kept(report.ensemble),
    trials: report.trials.map(kept),
    leftOut: dropped.map(({ detail, one, bytes }) => leftOut(detail, one, bytes)),
  };
}

const leftOut = (detail: ModelDetail, one: Explanation, bytes: number): LeftOut => {
  const title = detail.techniques.find(({ kind }) => kind === one.kind)?.title ?? one.kind;
  const row = rowOf(one);
  return {
    about: candidateOf(detail),
    kind: one.kind,
    title: row === undefined ? title : `${title}: row ${row}`,
    bytes,
    words: resultWords(one),
  };
};
