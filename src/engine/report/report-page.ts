import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../shared/faults.ts';
import type { StudyReport } from '../../shared/results/study.ts';
import { studyReportWords } from '../../shared/results/study-report-words.ts';
import { writeAtomically } from '../data/atomic-file.ts';

/**
 * Writes the report as one HTML file that needs nothing else: the webview's own components with the data inlined. Its
 * policy lets it contact nobody. Answers its size in bytes. Throws a UserError where the webview is not built or the file cannot be written.
 */
export async function writeReport(
  report: StudyReport,
  path: string,
  options: { signal?: AbortSignal } = {},
): Promise<number> {
  const script = await readFile(reportScript(), 'utf8');
  options.signal?.throwIfAborted();
  const page = reportPage(report, script, randomBytes(16).toString('base64url'));
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, (file) => file.writeFile(page));
    return Buffer.byteLength(page);
  } catch (error) {
    throw error instanceof UserError ? error : notWritten(path, error);
  }
}

/** Beside the engine's bundle, or in dist/ where the engine runs from its source. */
function reportScript(): string {
  const places = ['../webview/report.js', '../../../dist/webview/report.js'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new UserError('report-not-built', 'the report page is not built: there is no dist/webview/report.js.', {
    advice: "Run 'npm run build'.",
  });
}

function notWritten(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError('report-not-written', `the report could not be written: ${reason}`, {
    place: { file: path },
    advice: 'Choose a path that you may write to.',
    cause,
  });
}

/** The whole page. `script` is the built src/webview/report.ts, a plain script. */
export const reportPage = (report: StudyReport, script: string, nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy(nonce)}">
<meta name="generator" content="Vitrine">
<title>${inHtml(report.snapshot.name)} · Vitrine report</title>
</head>
<body>
<noscript>${wordsInHtml(report)}</noscript>
<vitrine-report></vitrine-report>
<script type="application/json" id="report">${inScript(JSON.stringify(withoutFolders(report)))}</script>
<script nonce="${nonce}">${withoutEnd(script)}</script>
</body>
</html>
`;

/** A report may be sent to others: the folders of the machine that made it stay there. */
export const withoutFolders = (report: StudyReport): StudyReport => ({
  ...report,
  snapshot: { ...report.snapshot, file: basename(report.snapshot.file) },
  ensemble: report.ensemble && { ...report.ensemble, file: basename(report.ensemble.file) },
  trials: report.trials.map((detail) => ({ ...detail, file: basename(detail.file) })),
});

/** What a reader without scripts sees. */
const wordsInHtml = (report: StudyReport): string =>
  studyReportWords(report)
    .map(({ title, words }) => `<h2>${inHtml(title)}</h2><p>${inHtml(words).replaceAll('\n', '<br>')}</p>`)
    .join('\n');

/** No connection, image, font, frame or form; only this page's own script and its constructed style sheets. */
const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const inHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign]);

/** JSON inside a script element: no '<' is left that could end it, and no line end that old parsers refuse. */
export const inScript = (json: string): string =>
  json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** In the bundle such text stands only inside strings, where the escape means the same. */
const withoutEnd = (script: string): string =>
  script
    .replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, '\n')
    .replaceAll(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '\\x3C!--');
