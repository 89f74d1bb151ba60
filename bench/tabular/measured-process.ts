import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface MeasuredProcess {
  readonly output: string;
  readonly seconds: number;
  /** Largest sum of resident memory over the process and all that it started, in bytes; sampled (Linux alone, else 0). */
  readonly peakBytes: number;
}

const samplingMilliseconds = 200;

/** Runs a program to its end. Throws where it fails. */
export async function measuredProcess(command: string, args: readonly string[]): Promise<MeasuredProcess> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  let peakBytes = 0;
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, treeBytes(child.pid ?? 0));
  }, samplingMilliseconds);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${errors}`);
  return { output, seconds: (performance.now() - began) / 1000, peakBytes };
}

function treeBytes(root: number): number {
  if (process.platform !== 'linux') return 0;
  const children = new Map<number, number[]>();
  const pages = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      const [pid, parent, resident] = [Number(name), Number(fields[1]), Number(fields[21])];
      children.set(parent, [...(children.get(parent) ?? []), pid]);
      pages.set(pid, resident);
    } catch (error) {
      // It ended while the list was read.
      if (!(error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))) throw error;
    }
  }
  const sum = (pid: number): number =>
    (pages.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(root) * 4096;
}
