import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codes } from '../src/language/codes.ts';
import { defaultText } from '../src/language/schema/describe.ts';
import { type Form, formsOf } from '../src/language/schema/forms.ts';
import { whatItTakes } from '../src/language/schema/words.ts';
import { experimentJsonSchema, type JsonSchema } from '../src/shared/experiment/json-schema.ts';
import { type MetricInfo, metrics } from '../src/shared/metrics.ts';

/**
 * Writes what follows from the experiment file's schema: the JSON Schema for editors and the documentation page.
 * A test makes both again and fails where they differ.
 */
export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

const example = `name: penguins
data:
  path: penguins.csv
  target: species
  split: { test: 0.2, validation: { folds: 5 } }
  ignore: [id]
  sensitive: [sex]
task: multiclass
learners: [logistic, tree, boosting, mlp]
space:
  boosting: { learning_rate: { float: [0.01, 0.3], log: true }, leaves: { int: [4, 64] } }
  mlp: { optimizer: { choice: [adam, sgd] }, momentum: { float: [0, 0.99], when: { optimizer: sgd } } }
objectives: [log_loss, { metric: energy, direction: minimize }]
search: { seed: 1, timeout: 60s, memory: 2GB }
budget: { time: 10m, energy: 20Wh, co2: 10g, cost: 0.10 EUR }
energy: { region: FRA, price: 0.25 EUR/kWh }
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Columns are padded, as the formatter of this repository writes tables. */
function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const rows = [head, ...body].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((text, column) => text.padEnd(widths[column], fill)).join(' | ')} |`;
  return [
    line(rows[0]),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.slice(1).map((row) => line(row)),
  ].join('\n');
}

function keyRow(key: string, schema: JsonSchema, mapping: Form): string[] {
  const usual = defaultText(schema);
  const left = mapping.required?.includes(key) ? 'must be given' : usual === undefined ? '' : `\`${usual}\``;
  return [`\`${key}\``, whatItTakes(schema), left, schema.description ?? ''];
}

/** One section a mapping, the nested ones behind the one that holds them. */
function sections(schema: JsonSchema, path: readonly string[]): string[] {
  return formsOf(schema).flatMap((form) => {
    const keys = Object.entries(form.properties ?? {});
    if (keys.length === 0) return [];
    const title = path.length === 0 ? 'Keys' : `\`${path.join('.')}\``;
    const rows = keys.map(([key, inner]) => keyRow(key, inner, form));
    const own = [`## ${title}`, schema.description ?? '', table(['Key', 'Takes', 'When left out', 'Meaning'], rows)];
    return [
      ...own.filter(Boolean),
      ...keys.flatMap(([key, inner]) => (formsOf(inner).length === 1 ? sections(inner, [...path, key]) : [])),
    ];
  });
}

/** The forms of \`space.LEARNER.HYPERPARAMETER\`, one row a key of each. */
function distributionSection(): string[] {
  const learner = experimentJsonSchema.properties?.space.additionalProperties as JsonSchema;
  const distribution = learner.additionalProperties as JsonSchema;
  const rows = formsOf(distribution).flatMap((form) =>
    Object.entries(form.properties ?? {}).map(([key, schema]) => [
      `\`{${form.required?.[0]}: ...}\``,
      `\`${key}\``,
      whatItTakes(schema),
      schema.description ?? '',
    ]),
  );
  return [
    '## `space.LEARNER.HYPERPARAMETER`',
    distribution.description ?? '',
    table(['Form', 'Key', 'Takes', 'Meaning'], rows),
  ];
}

function metricSection(): string[] {
  const rows = Object.entries(metrics as Record<string, MetricInfo>).map(
    ([name, { title, direction, tasks, words, unit }]) => [
      `\`${name}\``,
      unit ? `${title} (${unit})` : title,
      direction,
      tasks.length === 3 ? 'any' : tasks.join(', '),
      words,
    ],
  );
  return [
    '## Metrics',
    'What `objectives` can name.',
    table(
      ['Name', 'Title', 'Better when', 'Task', 'Meaning'],
      rows.map((row) => row.with(2, row[2] === 'minimize' ? 'smaller' : 'larger')),
    ),
  ];
}

function codeSection(): string[] {
  const rows = Object.entries(codes).map(([code, { severity, words }]) => [`\`${code}\``, severity, words]);
  const words =
    'What `vitrine check` and the editor say of a file. Codes are stable; an error stops a run, a warning does not.';
  return ['## Diagnostics', words, table(['Code', 'Severity', 'Meaning'], rows)];
}

function page(): string {
  const parts = [
    '# The experiment file',
    '<!-- Made by build/experiment-docs.ts from src/shared/experiment/schema.ts. Change that, then: node build/experiment-docs.ts -->',
    'An experiment is one file, `NAME.vitrine.yaml`. Only `data.path` and `data.target` must be given, or `script.command` and `script.space` for a program of your own; everything else has a default. `vitrine init DATA --target COLUMN` writes a first one.',
    `\`\`\`yaml\n${example}\`\`\``,
    ...sections(experimentJsonSchema, []),
    ...distributionSection(),
    '## Quantities',
    'Durations: `60s`, `10m`, `1h30m`, `2d`. Energies: `20Wh`, `0.5kWh`, `10kJ`. Masses: `10g`, `1kg`. Money: `0.10 EUR`. Prices: `0.25 EUR/kWh`. Sizes: `2GB` (1000³ bytes), `2GiB` (1024³). Each has a unit and is above zero. A search without any limit in `budget` ends after 10 minutes.',
    ...metricSection(),
    ...codeSection(),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** As the formatter of this repository writes JSON: lists of plain values on one line where they fit. */
function jsonText(value: unknown, indent = '', before = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const plain = value.every((item) => typeof item !== 'object');
    if (plain && before + line.length < 120) return line;
    return `[\n${value.map((item) => inner + jsonText(item, inner, inner.length)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + jsonText(item, inner, start.length);
  });
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

const schemaText = (): string => `${jsonText({ title: 'Vitrine experiment', ...experimentJsonSchema })}\n`;

export const experimentExample = example;

export const experimentFiles = (): readonly GeneratedFile[] => [
  { path: 'media/experiment.schema.json', text: schemaText() },
  { path: 'docs/experiment-file.md', text: page() },
];

if (import.meta.main) {
  for (const { path, text } of experimentFiles()) {
    const target = join(import.meta.dirname, '..', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    console.log(`Wrote ${path}`);
  }
}
