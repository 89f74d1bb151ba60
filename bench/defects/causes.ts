import type { CheckedData } from '../../src/engine/checks/data-check.ts';
import { type Dataset, takeDataset } from '../../src/engine/data/dataset.ts';
import type { Column, NumericColumn } from '../../src/engine/data/table.ts';
import { sampleRows } from '../../src/engine/explain/sample-rows.ts';
import type { Random } from '../../src/engine/random.ts';
import { ranks } from '../../src/engine/statistics/rank-correlation.ts';
import type { SuspectedCause } from '../../src/shared/results/awesome-results.ts';
import { plants } from './plants.ts';
import { numbered, parted } from './tables.ts';

/** A way to make a score too good, and what the card should name first. */
export interface PlantedCause {
  readonly cause: SuspectedCause;
  plant(clean: Dataset, random: Random): CheckedData | undefined;
}

const strong = (kind: string, size?: number) => (clean: Dataset, random: Random) => {
  const plant = plants.find((one) => one.kind === kind)!;
  return plant.plant(clean, size ?? plant.sizes.strong, random)?.data;
};

/** Rows numbered class by class, as exports of joined tables are. */
function sortedIdentifier(clean: Dataset, random: Random): CheckedData {
  const { target } = clean;
  const order = ranks(target.kind === 'classes' ? Float64Array.from(target.codes) : target.values);
  const places = Array.from(order.keys()).sort((a, b) => order[a] - order[b] || a - b);
  const values = new Float64Array(places.length);
  for (const [place, row] of places.entries()) values[row] = 1000 + place;
  const column: NumericColumn = { kind: 'numeric', name: 'record', type: 'integer', values };
  const columns: Column[] = [...clean.features.columns, column];
  return parted({ ...clean, features: { ...clean.features, columns } }, random);
}

/** Each row twice before the rows are parted, as after oversampling. */
function doubled(clean: Dataset, random: Random): CheckedData {
  const rows = Array.from(sampleRows(clean.features.rowCount, Math.floor(clean.features.rowCount / 2), random));
  return parted(numbered(takeDataset(clean, [...rows, ...rows])), random);
}

/** Sixty rows in all: twelve to judge by. */
const tiny = (clean: Dataset, random: Random): CheckedData =>
  parted(numbered(takeDataset(clean, sampleRows(clean.features.rowCount, 60, random))), random);

export const plantedCauses: readonly PlantedCause[] = [
  { cause: 'leaking column', plant: strong('leaking column') },
  { cause: 'telling gaps', plant: strong('telling gaps', 0.8) },
  { cause: 'identifier', plant: sortedIdentifier },
  { cause: 'rows in both parts', plant: strong('rows in both parts', 0.5) },
  { cause: 'rows in both parts', plant: doubled },
  { cause: 'groups in both parts', plant: strong('groups in both parts') },
  { cause: 'later rows learnt from', plant: strong('later rows learnt from') },
  { cause: 'duplicates', plant: strong('duplicates', 0.3) },
  { cause: 'near duplicates', plant: strong('near duplicates', 0.3) },
  { cause: 'test part too small', plant: tiny },
];
