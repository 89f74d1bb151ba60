import { parseArgs } from 'node:util';
import { rankedSuspicions } from '../src/engine/checks/awesome-results.ts';
import { checkData, checksNamed } from '../src/engine/checks/check-data.ts';
import { createRandom } from '../src/engine/random.ts';
import { plantedCauses } from './defects/causes.ts';
import { benchSets, cleanTable, tuningSets } from './defects/tables.ts';

/**
 * 'Awesome results? You probably have an issue: find it!': how often the planted cause of a score that is too good is named first, over ten ways to
 * plant one and ten of the shared tables. The score itself is taken as given (95 % of the constant's loss gone, a simple model in the middle): what is
 * measured is the order of the causes. Fixed seeds.
 *
 *   node bench/awesome-results.ts [--sets adult,churn] [--tuning]
 */
const { values: options } = parseArgs({
  options: { sets: { type: 'string' }, tuning: { type: 'boolean', default: false } },
});
const sets = options.sets?.split(',') ?? (options.tuning ? tuningSets : benchSets);
const losses = { metric: 'log loss', model: 0.05, constant: 1, simple: 0.5, rows: 400 };
/** Those that a cause rests on. */
const checks = checksNamed([
  'target-leak',
  'missing-leak',
  'identifier',
  'shared-rows',
  'near-duplicates',
  'duplicates',
  'group-leak',
  'time-leak',
  'small-test',
]);

const tally = new Map<string, { first: number; tried: number }>();
for (const set of sets) {
  const clean = await cleanTable(set, 1);
  const marks: string[] = [];
  for (const [i, { cause, plant }] of plantedCauses.entries()) {
    const data = plant(clean, createRandom(2).fork(`${set} ${i}`));
    if (!data) continue;
    const { findings } = await checkData(data, { seed: 1, checks, signal: new AbortController().signal });
    const [first] = rankedSuspicions(losses, findings);
    const own = tally.get(cause) ?? { first: 0, tried: 0 };
    tally.set(cause, { first: own.first + (first?.cause === cause ? 1 : 0), tried: own.tried + 1 });
    marks.push(first?.cause === cause ? '+' : `[${cause} -> ${first?.cause ?? 'nothing'}]`);
  }
  console.log(`${set.padEnd(18)} ${marks.join(' ')}`);
}

const share = (first: number, tried: number) => `${((100 * first) / tried).toFixed(0)} % of ${tried}`;
console.log('\n| planted cause | named first |\n| --- | --- |');
for (const [cause, { first, tried }] of tally) console.log(`| ${cause} | ${share(first, tried)} |`);
const all = [...tally.values()].reduce((a, b) => ({ first: a.first + b.first, tried: a.tried + b.tried }));
console.log(`| all | ${share(all.first, all.tried)} |`);
