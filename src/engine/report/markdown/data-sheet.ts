import type { ColumnInfo } from '../../../shared/dataset.ts';
import { dataFindingsWords } from '../../../shared/results/data-findings.ts';
import { numberWords, percentWords } from '../../../shared/results/numbers.ts';
import { bar } from './bars.ts';
import { type Dossier, fileName, testRows, verdictsAbout } from './dossier.ts';
import { blocks, code, inMarkdown, list, paragraphs, table } from './markdown.ts';
import { notMeasured, said } from './model-card.ts';
import { footer } from './readme-page.ts';
import { verdictTable } from './verdicts-page.ts';

/** Columns that are listed; of more the first. */
const mostColumns = 200;

/** A data sheet by the sections of Gebru et al. (2021), from the file, its checks, its parts and its hash. */
export function dataSheet(dossier: Dossier): string {
  const { data, snapshot } = dossier;
  const about = dossier.about.data ?? {};
  return blocks(
    `# Data sheet: ${inMarkdown(data.path)}`,
    'By the sections of Gebru et al., Datasheets for Datasets (2021). ([all pages](README.md))',
    '## Motivation',
    said(about.purpose, 'about: data: purpose', 'For what the data were made, by whom, and who paid.'),
    `Here they are used to predict ${inMarkdown(data.target)} (${data.task}).`,
    '## Composition',
    composition(dossier),
    '### Columns',
    columnTable(data.columns),
    '### Defects looked for',
    snapshot.findings
      ? paragraphs(dataFindingsWords(snapshot.findings))
      : notMeasured('Leakage, repeated rows, drift, wrong labels.', `vitrine check ${fileName(dossier)} --data`),
    verdictTable(verdictsAbout(dossier, 'data')),
    '## Collection process',
    said(
      about.collection,
      'about: data: collection',
      'How each value was observed, when, by whom, and how rows were chosen.',
    ),
    '## Preprocessing, cleaning and labelling',
    preprocessing(dossier),
    '## Uses',
    'The model beside this sheet is one use.',
    said(about.uses, 'about: data: uses', 'What else they were used for, and what they must not be used for.'),
    '## Distribution',
    said(about.license, 'about: data: license', 'Under what licence and to whom they may be given.'),
    `What is here is the sheet, not the data; a copy is the same where its hash is ${code(data.hash)} (names, types and values, SHA-256, first 16 digits).`,
    '## Maintenance',
    versions(dossier),
    said(about.maintenance, 'about: data: maintenance', 'Who keeps them, and how mistakes are told and mended.'),
    footer(dossier),
  );
}

function composition(dossier: Dossier): string {
  const { data, snapshot, experiment } = dossier;
  const parts = snapshot.findings?.rows;
  const test = testRows(dossier);
  const roles = data.columns
    .filter(({ role }) => role === 'group' || role === 'time')
    .map(({ name, role }) => `${role}: ${inMarkdown(name)}`);
  const counts = data.columns.find(({ name }) => name === data.target)?.levels ?? [];
  const largest = Math.max(0, ...counts.map(({ count }) => count));
  return blocks(
    list([
      `${numberWords(data.rowCount)} rows, ${numberWords(data.columns.length)} columns; each row is ${roles.length > 0 ? `one case, ${roles.join(', ')}` : 'taken for a case of its own (no `group` or `time` is named)'}.`,
      parts
        ? `Development part ${numberWords(parts.development)} rows, test part ${test > 0 ? `${numberWords(test)} rows` : 'none'}, drawn with seed ${experiment.search.seed}.`
        : `Parted with seed ${experiment.search.seed}; the number of rows of each part was not kept.`,
      `Missing: ${percentWords(data.columns.reduce((sum, { missing }) => sum + missing, 0) / Math.max(1, data.rowCount * data.columns.length))} of all cells.`,
      experiment.data && experiment.data.sensitive.length > 0
        ? `Sensitive, by the experiment file: ${experiment.data.sensitive.map(inMarkdown).join(', ')}.`
        : 'Whether they hold what is sensitive or confidential: not said (`data: sensitive:` names no column).',
    ]),
    data.classes ? '### The target' : undefined,
    data.classes
      ? table(
          [inMarkdown(data.target), 'rows', ''],
          counts.map(({ level, count }) => [inMarkdown(level), numberWords(count), bar(count, largest)]),
          [1],
        )
      : undefined,
  );
}

function columnTable(columns: readonly ColumnInfo[]): string {
  const drawn = table(
    ['column', 'role', 'type', 'why this type', 'missing', 'distinct', 'values'],
    columns
      .slice(0, mostColumns)
      .map((column) => [
        inMarkdown(column.name),
        column.role,
        column.type,
        inMarkdown(column.reason),
        numberWords(column.missing),
        numberWords(column.distinct),
        inMarkdown(valuesOf(column)),
      ]),
    [4, 5],
  );
  const rest = columns.length - mostColumns;
  return rest > 0 ? `${drawn}\n\n${numberWords(rest)} more columns are left out here.` : drawn;
}

const toldLevels = 4;

/** '172 to 231, median 197' or 'Adelie 152, Gentoo 124' */
function valuesOf({ type, numeric, levels = [] }: ColumnInfo): string {
  if (numeric) {
    const say = (value: number) =>
      type === 'date' ? new Date(value).toISOString().slice(0, 10) : numberWords(value, 4);
    return `${say(numeric.minimum)} to ${say(numeric.maximum)}, median ${say(numeric.quartiles[1])}`;
  }
  const shown = levels.slice(0, toldLevels).map(({ level, count }) => `${level} ${numberWords(count)}`);
  return `${shown.join(', ')}${levels.length > toldLevels ? ', …' : ''}`;
}

function preprocessing({ data, experiment, about }: Dossier): string {
  const settings = experiment.data;
  const given = Object.entries(settings?.types ?? {}).map(([column, type]) => `${inMarkdown(column)} as ${type}`);
  return blocks(
    list([
      `Taken as they stand in ${inMarkdown(data.path)}; what a model needs beside (gaps filled, levels coded, numbers scaled) is learnt from its own training rows and is part of the model.`,
      settings && settings.ignore.length > 0
        ? `Left out: ${settings.ignore.map(inMarkdown).join(', ')}.`
        : 'No column was left out by the experiment file.',
      given.length > 0 ? `Types set by the experiment file: ${given.join(', ')}.` : 'All types were inferred.',
    ]),
    said(about.data?.labels, 'about: data: labels', 'How the target was labelled.'),
    data.notes.length > 0 ? `While loading:\n\n${list(data.notes.map(inMarkdown))}` : undefined,
  );
}

/** What runs said of the data and of the study before. */
const versions = ({ snapshot, data }: Dossier): string =>
  blocks(
    `This version has the hash ${code(data.hash)}.`,
    snapshot.notes.length > 0 ? `What the run noted:\n\n${list(snapshot.notes.map(inMarkdown))}` : undefined,
  );
