import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { hypergradientsSection } from './search/hypergradients.ts';
import { multiFidelitySection } from './search/multi-fidelity.ts';
import { parallelSection } from './search/parallel.ts';
import { paretoSection } from './search/pareto.ts';
import { recordedOptuna } from './search/peer-record.ts';
import { peersSection } from './search/peers.ts';
import { regretSection } from './search/regret.ts';
import type { Section } from './search/section.ts';
import { speedSection } from './search/speed.ts';

/**
 * Measures the search beside Optuna 5, section by section; each ends with its bars and how they stand.
 *
 *   node bench/search.ts [SECTION...] [--seeds 20] [--only PROBLEM] [--samplers tpe,gp] [--peers tpe,nsga2] [--json FILE] [--fresh]
 *
 * Optuna's runs are kept in .venv between calls, for its Gaussian process is slow; --fresh runs them again.
 */
const sections: readonly Section[] = [
  regretSection,
  paretoSection,
  hypergradientsSection,
  multiFidelitySection,
  peersSection,
  speedSection,
  parallelSection,
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '20' },
    only: { type: 'string' },
    samplers: { type: 'string' },
    peers: { type: 'string' },
    json: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0) {
  throw new Error(`no section "${unknown.join('", "')}"; there are ${sections.map(({ name }) => name).join(', ')}`);
}

const peer = recordedOptuna({ fresh: options.fresh });
const report: Record<string, unknown> = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  optuna: await peer.version(),
  machine: `${cpus().length} cores, ${cpus()[0]?.model.trim()}`,
  seeds: Number(options.seeds),
};
for (const section of sections.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(`\n## ${section.title}; ${options.seeds} seeds\n`);
  const { bars, results } = await section.run({
    seeds: Number(options.seeds),
    only: options.only,
    samplers: options.samplers?.split(','),
    peers: options.peers?.split(','),
    peer,
    print: console.log,
  });
  console.log('');
  for (const { words, figure, met } of bars) console.log(`${met ? 'met    ' : 'NOT MET'}  ${words}: ${figure}`);
  report[section.name] = { bars, results };
}
peer.close();
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
