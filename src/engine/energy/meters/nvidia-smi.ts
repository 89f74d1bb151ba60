import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { attribute } from '../attribution.ts';
import { busyCpuSeconds, type Machine } from '../machine.ts';
import type { Meter, Unread } from '../meter.ts';

const run = promisify(execFile);
const query = ['--query-gpu=index,power.draw', '--format=csv,noheader,nounits'];
const pollMilliseconds = 1000;
/** nvidia-smi's own statement is +- 5 W; polled power misses what happens between two reads (Yang et al. 2024), so 10 %. */
const error = 0.1;

/** Watts by device from `nvidia-smi --query-gpu=index,power.draw --format=csv,noheader,nounits`. Throws a RangeError on any other text. */
export function parsePower(text: string): number[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const watts = Number(line.split(',')[1]);
      if (line.split(',').length !== 2 || !Number.isFinite(watts))
        throw new RangeError(`nvidia-smi gave no power: '${line.trim()}'`);
      return watts;
    });
}

/**
 * Power of all NVIDIA devices, polled every second and integrated by trapezoids. It is the whole device's, whoever used
 * it. Returns why not where nvidia-smi is missing or gives no power ('[N/A]' on many laptops).
 * @param command the program, for tests
 */
export async function nvidiaSmi(machine: Machine, command = 'nvidia-smi'): Promise<Meter | Unread> {
  const sample = async () => {
    const watts = parsePower((await run(command, query, { timeout: 10_000 })).stdout).reduce((a, b) => a + b, 0);
    return { watts, at: performance.now() / 1000 };
  };
  let last: Awaited<ReturnType<typeof sample>>;
  try {
    last = await sample();
  } catch (failure) {
    return {
      unread: `no GPU power from nvidia-smi (${failure instanceof Error ? failure.message.split('\n')[0] : failure})`,
    };
  }
  let joules = 0;
  const advance = async () => {
    const now = await sample();
    joules += ((last.watts + now.watts) / 2) * (now.at - last.at);
    last = now;
    return joules;
  };
  let queue: Promise<number> = Promise.resolve(0);
  const read = () => (queue = queue.then(advance, advance));
  // A failed poll is not lost: the next read spans the gap or fails too, and `stop` says so.
  const timer = setInterval(() => void read().catch(() => {}), pollMilliseconds).unref();
  const source = 'nvidia-smi (whole device)';
  return {
    part: 'gpu',
    method: 'counter',
    words: `${source}, power polled every second, shared out by CPU time`,
    async start() {
      const before = await read();
      const busyBefore = busyCpuSeconds();
      return {
        async stop(used) {
          try {
            const window = { joules: (await read()) - before, busyCpuSeconds: busyCpuSeconds() - busyBefore };
            return attribute({ ...window, threads: machine.threads, error, source }, used, 'whole device');
          } catch (failure) {
            return { unread: `nvidia-smi stopped answering (${failure instanceof Error ? failure.message : failure})` };
          }
        },
      };
    },
    close: () => clearInterval(timer),
  };
}
