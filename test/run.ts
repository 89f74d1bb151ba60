import { parseArgs } from 'node:util';
import { add, none, oneFailed, totalLine } from './run/counts.ts';
import { phases } from './run/phases.ts';

const usage = `npm test [-- PHASE... [FILE...] [--grep TEXT]]
Phases: ${phases.map((phase) => phase.name).join(', ')}; all of them when none is named.
FILE: only these test files; TEXT: only tests whose name holds it.`;

function readCommandLine() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
  const files = positionals.filter((word) => word.endsWith('.ts'));
  const names = positionals.filter((word) => !word.endsWith('.ts'));
  const unknown = names.filter((name) => !phases.some((phase) => phase.name === name));
  if (unknown.length > 0) throw new Error(`There is no phase '${unknown.join("', '")}'.\n${usage}`);
  return { names, selection: { grep: values.grep, files } };
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const { names, selection } = readCommandLine();
const chosen = phases.filter((phase) => names.length === 0 || names.includes(phase.name));
const lines: string[] = [];
let total = none;
for (const phase of chosen) {
  console.log(`\n== ${phase.title} (${phase.name})`);
  const start = performance.now();
  const counts = await phase.run(phase, selection).catch((error: unknown) => {
    console.error(error);
    return oneFailed;
  });
  total = add(total, counts);
  const mark = counts.failed > 0 ? 'FAILED' : 'ok';
  const line = `${phase.title.padEnd(24)} ${mark.padEnd(7)} ${duration(performance.now() - start).padStart(12)}`;
  lines.push(`${line}   ${counts.passed} of ${counts.passed + counts.failed + counts.skipped}`);
}
console.log(`\n${lines.join('\n')}\n`);
console.log(totalLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
