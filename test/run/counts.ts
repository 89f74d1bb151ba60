/** How many tests of a phase ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Counts = { passed: 1, failed: 0, skipped: 0 };
export const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The last line of a run, which continuous integration reads. */
export function totalLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What a runner counted, corrected by its exit code: a crash outside any test is a failure too. */
export function agreeWithExit(counts: Counts | undefined, code: number | null): Counts {
  if (counts === undefined) return oneFailed;
  return code !== 0 && counts.failed === 0 ? add(counts, oneFailed) : counts;
}
