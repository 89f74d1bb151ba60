import powers from './cpu-powers.json' with { type: 'json' };

/** What one busy hardware thread draws, and how far that is known. */
export interface CpuPower {
  readonly wattsPerThread: number;
  /** Whole chip; null where the model is not in the table. */
  readonly tdpWatts: number | null;
  readonly words: string;
}

/** CodeCarbon's constant for a CPU it does not know. */
const unknownWattsPerThread = 4;

/**
 * Power of a CPU by the name the system gives it, such as 'AMD EPYC 7763 64-Core Processor'. Divided by the threads that
 * the chip has, not by those that a virtual machine shows. An unknown chip gets 4 W a thread, and the words say so.
 */
export function cpuPower(name: string): CpuPower {
  const plain = name.replace(/\((R|TM)\)|®|™|\bCPU\b|\bProcessor\b/gi, ' ').replace(/\s+/g, ' ');
  const row = powers.rows
    .filter(({ model }) => ` ${plain} `.includes(` ${model} `))
    .reduce<(typeof powers.rows)[number] | undefined>(
      (best, found) => (best && best.model.length >= found.model.length ? best : found),
      undefined,
    );
  if (row)
    return {
      wattsPerThread: row.tdpWatts / row.threads,
      tdpWatts: row.tdpWatts,
      words: `${row.model}: ${row.tdpWatts} W over ${row.threads} threads`,
    };
  return {
    wattsPerThread: unknownWattsPerThread,
    tdpWatts: null,
    words: `a default: ${name.trim() || 'this CPU'} is not in the table`,
  };
}
