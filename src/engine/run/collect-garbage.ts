/** Resident memory from which on a worker looks for what nobody needs any more, in bytes; it begins with half of it. */
const large = 200e6;

/**
 * Frees what nobody needs any more, where much is held: V8 is in no hurry to collect typed arrays, which are most of what fits and
 * ensembles leave. Workers are started so that they can be told to.
 */
export function collectGarbage(): void {
  if (process.memoryUsage.rss() > large) globalThis.gc?.();
}
