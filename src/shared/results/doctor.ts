import type { BackendChoice, BackendName } from '../backend.ts';
import { listWords, numberWords } from './numbers.ts';

/** One backend for networks on this machine. */
export interface BackendState {
  readonly name: BackendName;
  readonly title: string;
  /** 'found': its files are there, and nobody has tried whether it runs. */
  readonly state: 'runs' | 'found' | 'fails' | 'absent';
  /** Device, version and place, or why not; a clause. */
  readonly words: string;
  /** What would have to be there, of one that does not run. */
  readonly needs?: string;
  /** Training steps of a perceptron 64-256-256-10 on batches of 128, one worker alone; only where it was tried. */
  readonly stepsPerSecond?: number;
}

/** Which backend networks train on, and why. */
export interface BackendsReport {
  readonly choice: BackendChoice;
  /** For networks of ordinary size. */
  readonly runs: BackendName;
  /** A clause. */
  readonly why: string;
  /** Another one for networks whose training step has so many multiplications or more. */
  readonly large: { readonly name: BackendName; readonly leastWork: number } | null;
  /** What a faster one would need; null where a GPU is used already. */
  readonly faster: string | null;
  readonly backends: readonly BackendState[];
}

/** 'Networks train on wasm: it is the fastest for their size. Those of 2e+9 multiplications a step or more train on tfjs-node.' */
export const backendsWords = ({ runs, why, large, faster }: BackendsReport): string =>
  [
    `Networks train on ${runs}: ${why}.`,
    large && `Those of ${large.leastWork.toExponential(0)} multiplications a step or more train on ${large.name}.`,
    faster,
  ]
    .filter(Boolean)
    .join(' ');

/** '148 training steps a second', or nothing where it was not tried. */
export const speedWords = ({ stepsPerSecond }: BackendState): string =>
  stepsPerSecond === undefined ? '' : `${numberWords(stepsPerSecond, 2)} training steps a second`;

/** One thing that Vitrine needs, tried out. */
export interface DoctorCheck {
  readonly name: string;
  readonly good: boolean;
  /** A sentence without its full stop. */
  readonly words: string;
  /** What to do, where it is not good. */
  readonly advice?: string;
}

/** What this machine gives Vitrine to work with. */
export interface DoctorReport {
  readonly version: string;
  readonly node: string;
  /** 'linux x64' */
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly checks: readonly DoctorCheck[];
  readonly backends: BackendsReport;
  /** Which energy meters can be read, and why not better ones. */
  readonly energy: string;
}

/** 'Everything that Vitrine needs works here.' */
export function doctorWords({ checks }: DoctorReport): string {
  const bad = checks.filter(({ good }) => !good).map(({ name }) => name);
  return bad.length === 0 ? 'Everything that Vitrine needs works here.' : `Needs attention: ${listWords(bad)}.`;
}
