import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../shared/faults.ts';
import {
  type DataFinding,
  type DataFindings,
  type DoneCheck,
  type SkippedCheck,
  severities,
} from '../../shared/results/data-findings.ts';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import { createRandom } from '../random.ts';
import type { CheckContext, CheckedData, DataCheck } from './data-check.ts';
import { dataChecks } from './registry.ts';

export interface CheckOptions {
  readonly seed: number;
  /** Default: all of the registry. */
  readonly checks?: readonly DataCheck[];
  readonly signal: AbortSignal;
  /** True once its time is used up: checks that have not begun by then are told as not made. */
  readonly enough?: () => boolean;
  readonly progress?: (share: number, words: string) => void;
}

/** Makes the data checks one after the other and says what each found, or why it was not made. Throws an AbortError on the signal. */
export async function checkData(data: CheckedData, options: CheckOptions): Promise<DataFindings> {
  const { seed, checks = dataChecks, signal, enough = () => false, progress } = options;
  const start = performance.now();
  const context = contextOf(seed, signal, enough);
  const findings: DataFinding[] = [];
  const done: DoneCheck[] = [];
  const skipped: SkippedCheck[] = [];
  let late = 0;
  for (const [i, check] of checks.entries()) {
    const { name, title } = check;
    progress?.(i / checks.length, title);
    // A turn of the event loop, in which a cancel is heard.
    await setImmediate();
    signal.throwIfAborted();
    const unsuited = check.unsuited?.(data);
    if (unsuited !== undefined) skipped.push({ check: name, title, why: unsuited });
    else if (enough()) {
      late++;
      skipped.push({ check: name, title, why: 'the time was used up.' });
    } else {
      const began = performance.now();
      const { findings: found, sampled, figure } = await check.run(data, context);
      findings.push(...found);
      const seconds = (performance.now() - began) / 1000;
      done.push({ check: name, title, seconds, ...(sampled && { sampled }), ...(figure && { figure }) });
    }
  }
  progress?.(1, 'Data checked');
  const share = done.length / checks.length;
  return {
    kind: 'data-findings',
    version: 1,
    question: 'are the data sound',
    options: {},
    seed,
    dataHash: data.development.info.hash,
    cost: { seconds: (performance.now() - start) / 1000, predictions: 0 },
    ...(late > 0 && {
      partial: `${countWords(late, 'check')} of ${checks.length} were not made: the time was used up.`,
    }),
    quality: {
      measure: 'share of the checks that could be made',
      value: share,
      words: `${done.length} of ${checks.length} checks could be made (${percentWords(share, 0)}).`,
    },
    rows: { development: data.development.features.rowCount, test: data.test?.features.rowCount ?? 0 },
    findings: findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    done,
    skipped,
  };
}

/** One for all checks of some data: what several need is computed once. */
export function contextOf(seed: number, signal: AbortSignal, enough: () => boolean = () => false): CheckContext {
  const computed = new Map<string, Promise<unknown>>();
  return {
    seed,
    random: createRandom(seed).fork('data checks'),
    signal,
    enough,
    once<T>(name: string, compute: () => Promise<T>): Promise<T> {
      const known = computed.get(name) ?? compute();
      computed.set(name, known);
      return known as Promise<T>;
    },
  };
}

/** The checks of these names. Throws a UserError where there is no such check. */
export function checksNamed(names: readonly string[]): DataCheck[] {
  return names.map((name) => {
    const check = dataChecks.find((one) => one.name === name);
    if (check) return check;
    throw new UserError('check-unknown', `there is no data check "${name}".`, {
      advice: `There are ${dataChecks.map((one) => one.name).join(', ')}.`,
    });
  });
}
