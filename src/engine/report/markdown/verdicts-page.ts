import { aboutWords, figureWords, type Verdict, verdictGroups, verdictTally } from '../../../shared/results/verdict.ts';
import type { Dossier } from './dossier.ts';
import { blocks, code, inMarkdown, table, wordsInMarkdown } from './markdown.ts';

const marks: Readonly<Record<Verdict['outcome'], string>> = {
  passed: '✅ passed',
  'to look at': '🔶 to look at',
  failed: '❌ failed',
  'not checked': '⬜ not checked',
};

/** A line for every check, by what it is about; within that those first that ask for something. */
export const verdictsPage = ({ verdicts }: Dossier): string =>
  blocks(
    '# Verdicts',
    `${inMarkdown(verdictTally(verdicts))}, of ${verdicts.length} checks. A figure is beside the bound that it is held to; the command shows more, or makes what was not checked. ([all pages](README.md))`,
    ...verdictGroups(verdicts).map(({ about, verdicts: own }) =>
      blocks(`## Of ${aboutWords(about)}`, verdictTable(own)),
    ),
  );

export const verdictTable = (verdicts: readonly Verdict[]): string =>
  table(
    ['', 'check', 'figure', 'why', 'where to look'],
    verdicts.map(({ outcome, title, figure, words, where }) => [
      marks[outcome],
      inMarkdown(title),
      figure ? inMarkdown(figureWords(figure)) : '',
      wordsInMarkdown(words),
      code(where),
    ]),
  );
