import type { SearchFootprint } from '../../../shared/results/search-footprint.ts';
import type { TableContent } from '../../components/table-content.ts';

/** Every point of the map with its place, what is known of it and its configuration. */
export function footprintTable({ points, objective }: SearchFootprint): TableContent {
  const names = [...new Set(points.flatMap(({ params }) => Object.keys(params)))];
  return {
    caption: `Footprint of the search for ${objective}`,
    columns: [
      { title: 'Kind' },
      { title: 'Trial', numeric: true },
      { title: 'Region' },
      ...['x', 'y', 'Value', 'Deviation', 'Chance'].map((title) => ({ title, numeric: true })),
      ...names.map((title) => ({ title })),
    ],
    rows: points.map(({ kind, trial, region, x, y, value, deviation, chance, params }) => [
      kind,
      trial === null ? '' : String(trial),
      region,
      ...[x, y, value, deviation, chance].map(String),
      ...names.map((name) => String(params[name] ?? '')),
    ]),
  };
}
