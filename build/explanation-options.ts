import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainers } from '../src/engine/explain/registry.ts';
import { optionsIn } from '../src/engine/explain/technique-options.ts';
import { defaultWords, optionRange } from '../src/shared/results/technique-option.ts';

/** Writes the page of the techniques' options, which follows from their schemas. A test makes it again and fails where it differs. */
export const explanationOptionsPath = 'docs/explanation-options.md';

const head = ['option', 'takes', 'default', 'what it is'];

/** Columns are padded, as the formatter of this repository writes tables. */
function table(rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, j) => Math.max(3, ...all.map((row) => row[j].length)));
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((text, j) => text.padEnd(widths[j], fill)).join(' | ')} |`;
  const rule = line(
    head.map(() => ''),
    '-',
  );
  return [line(head), rule, ...rows.map((row) => line(row))].join('\n');
}

export function explanationOptionsPage(): string {
  const sections = explainers.flatMap(({ kind, title, options }) => {
    const rows = optionsIn(options).map((option) => {
      const usual = defaultWords(option);
      return [`\`${option.name}\``, optionRange(option), usual && `\`${usual}\``, option.description];
    });
    return [`## \`${kind}\``, `${title}.`, rows.length > 0 ? table(rows) : 'It has no options.'];
  });
  const parts = [
    '# Options of the explanations',
    '<!-- Made by build/explanation-options.ts from the techniques in src/engine/explain. Change those, then: node build/explanation-options.ts -->',
    'What `vitrine explain FILE --kind KIND --set name=value` takes for each [technique](explanations.md); `vitrine explain --options KIND` prints the same. Lists and the like are JSON: `--set \'columns=["age","town"]\'`. An option that there is not, of another type or out of its limits is refused.',
    ...sections,
  ];
  return `${parts.join('\n\n')}\n`;
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '..', explanationOptionsPath), explanationOptionsPage());
  console.log(`Wrote ${explanationOptionsPath}`);
}
