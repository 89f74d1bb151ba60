import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Columns of penguins.csv and where each comes from in vega-datasets. */
const columns: Readonly<Record<string, string>> = {
  species: 'Species',
  island: 'Island',
  bill_length_mm: 'Beak Length (mm)',
  bill_depth_mm: 'Beak Depth (mm)',
  flipper_length_mm: 'Flipper Length (mm)',
  body_mass_g: 'Body Mass (g)',
  sex: 'Sex',
};

/** The text of penguins.csv: one line a bird, in the source's order; what is missing there is an empty cell. */
export function penguinsCsv(): string {
  const source = new URL('../data/penguins.json', import.meta.resolve('vega-datasets'));
  const birds = JSON.parse(readFileSync(source, 'utf8')) as Record<string, string | number | null>[];
  const lines = birds.map((bird) =>
    Object.values(columns)
      .map((name) => bird[name] ?? '')
      .join(','),
  );
  return `${[Object.keys(columns).join(','), ...lines].join('\n')}\n`;
}

// node examples/penguins/make.ts
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('penguins.csv', import.meta.url), penguinsCsv());
}
