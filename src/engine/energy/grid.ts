import { closest } from 'fastest-levenshtein';
import { UserError } from '../../shared/faults.ts';
import type { GridRow } from '../../shared/results/energy.ts';
import intensities from './grid-intensities.json' with { type: 'json' };

/** 'World' first, then countries by ISO code; yearly means, g CO2e/kWh. The file's `credit` and the README say whose they are. */
export const gridRows: readonly GridRow[] = intensities.rows;

/**
 * The row of a region, by ISO 3166 code of three letters or by name, in any case.
 * Throws a UserError that suggests the nearest name.
 */
export function gridRow(region: string): GridRow {
  const wanted = region.trim().toLowerCase();
  const row = gridRows.find((candidate) =>
    [candidate.region, candidate.name].some((name) => name.toLowerCase() === wanted),
  );
  if (row) return row;
  const codes = gridRows.map((candidate) => candidate.region);
  const names = gridRows.map((candidate) => candidate.name);
  const nearest = closest(region.trim(), region.trim().length <= 3 ? codes : [...codes, ...names]);
  throw new UserError('energy.region-unknown', `no grid is known for the region "${region}".`, {
    advice: `Use an ISO code of three letters or World. Did you mean "${nearest}"?`,
  });
}
