import type { RecordedPeer } from './peer-record.ts';

export interface SectionOptions {
  /** 0 .. seeds - 1 are used. */
  readonly seeds: number;
  /** Only problems whose name holds it. */
  readonly only?: string;
  /** Only our samplers of these names. */
  readonly samplers?: readonly string[];
  /** Only the peer's samplers of these names. */
  readonly peers?: readonly string[];
  readonly peer: RecordedPeer;
  /** Where the table is printed, line by line, as it comes. */
  print(line: string): void;
}

/** One bar of the issue as it was measured. */
export interface Bar {
  /** What must hold, with its limit. */
  readonly words: string;
  /** What was seen. */
  readonly figure: string;
  readonly met: boolean;
}

/** A part of `bench/search.ts`: measures, prints a table, and says how its bars stand. */
export interface Section {
  readonly name: string;
  readonly title: string;
  run(options: SectionOptions): Promise<{ readonly bars: readonly Bar[]; readonly results: unknown }>;
}
