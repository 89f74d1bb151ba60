import { parseArgs } from 'node:util';
import { checkData, checksNamed, contextOf } from '../src/engine/checks/check-data.ts';
import { labelDoubts } from '../src/engine/checks/label-errors.ts';
import { createRandom } from '../src/engine/random.ts';
import { rankSum } from '../src/engine/statistics/rank-sum.ts';
import { findingWords } from '../src/shared/results/data-findings.ts';
import { type Planted, plants, type Strength, strengths } from './defects/plants.ts';
import { soundTable } from './defects/sound-tables.ts';
import { benchSets, cleanTable, parted, tuningSets } from './defects/tables.ts';

/**
 * Planted defects: 14 kinds, ten of the shared tables (at most 2,000 rows each), three strengths; how many are found, false alarms of all checks on
 * the clean tables, and how well wrong labels are ranked. Fixed seeds.
 *
 *   node bench/defects.ts [--sets adult,churn] [--tuning] [--kinds target-leak] [--splits 2] [--clean] [--sound 60]
 */
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string' },
    tuning: { type: 'boolean', default: false },
    kinds: { type: 'string', default: '' },
    splits: { type: 'string', default: '2' },
    clean: { type: 'boolean', default: false },
    sound: { type: 'string', default: '60' },
  },
});
const sets = options.sets?.split(',') ?? (options.tuning ? tuningSets : benchSets);
const splits = Number(options.splits);
const chosen = plants.filter(({ check }) => options.kinds === '' || options.kinds.split(',').includes(check));
const { signal } = new AbortController();
const seed = 1;

/** Checks of planted kinds: of these a warning on a clean table is a false alarm. */
const held = new Set(plants.map(({ check }) => check));
const alarms: { set: string; split: number; check: string }[] = [];
let cells = 0;

interface Cell {
  readonly set: string;
  readonly kind: string;
  readonly strength: Strength;
  readonly found: boolean;
}
const tried: Cell[] = [];
const areas = new Map<Strength, { set: string; area: number }[]>();

for (const set of sets) {
  const clean = await cleanTable(set, seed);
  for (let split = 0; split < splits; split++) {
    const data = parted(clean, createRandom(seed + split).fork(set));
    const { findings } = await checkData(data, { seed: seed + split, signal });
    cells += held.size;
    for (const finding of findings) {
      if (finding.severity === 'note') continue;
      const note = held.has(finding.check) ? 'ALARM' : 'other';
      console.log(`  ${note} ${set} ${finding.check}: ${findingWords(finding).slice(0, 230)}`);
      if (
        held.has(finding.check) &&
        !alarms.some((a) => a.set === set && a.split === split && a.check === finding.check)
      )
        alarms.push({ set, split, check: finding.check });
    }
  }
  if (options.clean) continue;
  for (const plant of chosen) {
    const marks: string[] = [];
    for (const strength of strengths) {
      const random = createRandom(seed).fork(`${set} ${plant.kind}`);
      const planted = plant.plant(clean, plant.sizes[strength], random);
      if (!planted) continue;
      const found = await finds(planted, plant.check);
      tried.push({ set, kind: plant.kind, strength, found });
      marks.push(found ? '+' : '-');
    }
    console.log(`${set.padEnd(18)} ${plant.kind.padEnd(26)} ${marks.join(' ')}`);
  }
}

/** False alarms where the truth is known: tables that were generated sound. */
let soundAlarms = 0;
const soundTables = Number(options.sound);
for (let number = 0; number < soundTables; number++) {
  const random = createRandom(seed).fork(`sound ${number}`);
  const { findings } = await checkData(parted(soundTable(number, random), random), { seed, signal });
  const checksFired = new Set(
    findings.filter(({ severity, check }) => severity !== 'note' && held.has(check)).map(({ check }) => check),
  );
  soundAlarms += checksFired.size;
  for (const check of checksFired)
    console.log(`  ALARM sound table ${number}: ${findings.find((one) => one.check === check)?.message}`);
}

async function finds(planted: Planted, check: string): Promise<boolean> {
  const { findings } = await checkData(planted.data, { seed, checks: checksNamed([check]), signal });
  return findings.some(({ severity }) => severity !== 'note');
}

/** How well the margins of confident learning rank the labels that were changed. */
if (!options.clean && chosen.some(({ check }) => check === 'label-errors')) {
  const plant = plants.find(({ check }) => check === 'label-errors')!;
  for (const set of sets) {
    const clean = await cleanTable(set, seed);
    for (const strength of strengths) {
      const planted = plant.plant(clean, plant.sizes[strength], createRandom(seed).fork(`${set} ${plant.kind}`));
      if (!planted?.flipped) continue;
      const { margins } = await labelDoubts(planted.data.development, contextOf(seed, signal));
      const known = Array.from(margins.keys()).filter((row) => !Number.isNaN(margins[row]));
      const { area } = rankSum(
        known.map((row) => -margins[row]),
        known.map((row) => planted.flipped![row]),
      );
      areas.set(strength, [...(areas.get(strength) ?? []), { set, area }]);
    }
  }
}

const percent = (part: number, of: number) => (of === 0 ? '-' : `${((100 * part) / of).toFixed(0)} %`);
const rate = (of: readonly Cell[]) => `${percent(of.filter(({ found }) => found).length, of.length)} of ${of.length}`;
console.log(`\n| defect | size (weak, middling, strong) | ${strengths.join(' | ')} |\n| --- | --- | --- | --- | --- |`);
for (const { kind, what, sizes } of chosen) {
  const own = (strength: Strength) => tried.filter((cell) => cell.kind === kind && cell.strength === strength);
  console.log(
    `| ${kind} | ${what}: ${strengths.map((s) => sizes[s]).join(', ')} | ${strengths.map((s) => rate(own(s))).join(' | ')} |`,
  );
}
console.log(`| all | | ${strengths.map((s) => rate(tried.filter((cell) => cell.strength === s))).join(' | ')} |`);
console.log(
  `\nFalse alarms: ${alarms.length} of ${cells} cells (check x clean table x split), ${percent(alarms.length, cells)}.`,
);
console.log(
  `Of generated sound tables: ${soundAlarms} of ${soundTables * held.size} cells, ${percent(soundAlarms, soundTables * held.size)}.`,
);
const tables = new Set(alarms.map(({ set }) => set));
console.log(`Tables with any: ${tables.size} of ${sets.length}: ${[...tables].join(', ')}`);
for (const [strength, list] of areas) {
  const average = list.reduce((sum, { area }) => sum + area, 0) / list.length;
  console.log(
    `AUC of wrong labels, ${strength}: mean ${average.toFixed(3)}; ${list.map(({ set, area }) => `${set} ${area.toFixed(3)}`).join(', ')}`,
  );
}
