import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic, type Rule, replacement } from '../rule.ts';
import type { Source } from '../source.ts';
import { boundsOf, type SpaceEntry, spaceEntries } from '../space-entries.ts';

function* checkRange(source: Source, entry: SpaceEntry, low: number, high: number): Generator<Diagnostic> {
  const { written, path, name } = entry;
  const kind = written && 'int' in written ? 'int' : 'float';
  const log = written !== undefined && 'log' in written && written.log === true;
  const step = written !== undefined && 'step' in written ? written.step : undefined;
  const range = source.valueRange([...path, kind]);
  if (low > high) {
    const message = `The range of ${name} is empty: its lowest value ${low} is above its highest ${high}. Write [lowest, highest].`;
    yield diagnostic('bounds-order', range, message, replacement(range, `[${high}, ${low}]`, 'Swap the two'));
  }
  const lowest = Math.min(low, high);
  if (log && lowest <= 0) {
    const message = `${name} is searched on a logarithmic scale, which begins above 0, but its lowest value is ${lowest}. Raise it, or remove log.`;
    yield diagnostic('log-bound', source.valueRange([...path, kind, lowest === low ? 0 : 1]), message);
  }
  if (step === undefined) return;
  const stepRange = source.valueRange([...path, 'step']);
  if (log)
    yield diagnostic(
      'step-size',
      stepRange,
      `${name} has a step and a logarithmic scale, which do not go together. Remove one of them.`,
    );
  else if (low < high && step > high - low)
    yield diagnostic(
      'step-size',
      stepRange,
      `The step ${step} of ${name} is larger than its range ${low} to ${high}: only ${low} would be tried. Make it smaller.`,
    );
}

/** Ranges that are empty, or that their scale or step does not fit. */
export const bounds: Rule = {
  codes: ['bounds-order', 'log-bound', 'step-size'],
  *check({ source }) {
    for (const entry of spaceEntries(source)) {
      const limits = entry.written && boundsOf(entry.written);
      if (limits) yield* checkRange(source, entry, limits[0], limits[1]);
    }
  },
};
