import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../shared/faults.ts';
import type { StudyReport } from '../../shared/results/study.ts';
import { writeAtomically } from '../data/atomic-file.ts';

/** Beside the engine's bundle when built; from the source, where the build puts it. */
const bundle = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/webview/report.js' : '../webview/report.js', import.meta.url),
);

/** Writes a study as one HTML page that loads nothing: the webview's own components with the data inlined. */
export async function writeReport(report: StudyReport, path: string, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  if (!existsSync(bundle)) {
    throw new UserError('report-unbuilt', 'the report page has not been built.', { place: { file: bundle }, advice: 'Run: npm run build.' });
  }
  const script = await readFile(bundle, { encoding: 'utf8', signal });
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, (file) => file.writeFile(reportPage(report, script)));
}

/** No text of the data can end a script: every `<` in the JSON is written as an escape. */
export const reportPage = (report: StudyReport, script: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<meta name="viewport" content="width=device-width">
<title>Vitrine report</title>
<vitrine-report></vitrine-report>
<script type="application/json" id="vitrine-report-data">${JSON.stringify(report).replaceAll('<', '\\u003c')}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
</html>
`;
