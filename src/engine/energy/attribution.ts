import type { MeterReading, Unread, WorkUsed } from './meter.ts';

/** What a counter saw of the whole device while the work ran. */
export interface DeviceWindow {
  readonly joules: number;
  /** CPU time of every process of the machine in the window. */
  readonly busyCpuSeconds: number;
  readonly threads: number;
  /** Relative error of the sensor, such as 0.05. */
  readonly error: number;
  readonly source: string;
}

/**
 * One process's part of a device's energy, by its share of the CPU time that all processes used (as
 * experiment-impact-tracker does). Lower bound: its share of all CPU time there was, so that idle power is nobody's;
 * upper bound: `upper` of the device, all of it where nothing else can be ruled out.
 */
export function attribute(
  window: DeviceWindow,
  used: WorkUsed,
  upper: 'share' | 'whole device',
): MeterReading | Unread {
  if (window.joules <= 0)
    return { unread: `${window.source} counted 0 J in ${used.seconds.toFixed(2)} s, too short for it` };
  if (used.cpuSeconds === null) return { unread: 'CPU time was not measured, so the counter cannot be shared out' };
  const share = used.cpuSeconds / Math.max(window.busyCpuSeconds, used.cpuSeconds, 1e-9);
  const capacity = Math.min(share, used.cpuSeconds / Math.max(window.threads * used.seconds, 1e-9));
  return {
    joules: window.joules * share,
    low: window.joules * capacity * (1 - window.error),
    high: window.joules * (upper === 'share' ? share : 1) * (1 + window.error),
    words: `${(100 * share).toFixed(0)} % of ${window.joules.toFixed(2)} J by ${window.source}, its share of the machine's CPU time`,
  };
}
