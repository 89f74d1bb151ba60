import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inHtml, inScript, reportPage, withoutFolders, writeReport } from '../../src/engine/report/report-page.ts';
import type { StudyReport } from '../../src/shared/results/study.ts';
import { bundle } from './bundle.ts';
import { reports } from './fixtures/reports.ts';
import { hostileName } from './fixtures/studies.ts';

/** What a browser takes for the content of the page's data element: all up to the first end of a script. */
function inlinedData(page: string): unknown {
  const start = page.indexOf('id="report">') + 'id="report">'.length;
  return JSON.parse(page.slice(start, page.indexOf('</script', start)));
}

const asJson = (report: StudyReport): unknown => JSON.parse(JSON.stringify(withoutFolders(report)));

/** The page's own markup, without what stands inside its scripts. */
const markup = (page: string): string => page.replaceAll(/(<script[^>]*>)[\s\S]*?<\/script>/g, '$1</script>');
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([match]) => match);

describe('the report page', () => {
  let script = '';
  before(async () => {
    script = await bundle('src/webview/report.ts', 'inline');
  });

  for (const [name, report] of Object.entries(reports)) {
    it(`holds the ${name} report whole`, () => {
      assert.deepEqual(inlinedData(reportPage(report, script, 'n')), asJson(report));
    });

    it(`has two scripts and no other element of a stranger's making (${name})`, () => {
      const page = reportPage(report, script, 'n');
      assert.equal(page.match(/<\/script/gi)?.length, 2);
      assert.equal(page.includes('<img'), false);
    });
  }

  it('a column named like markup stays a name', () => {
    const page = reportPage(reports.hostile, script, 'n');
    assert.equal(page.includes(hostileName), false);
    assert.ok(page.includes(inScript(JSON.stringify(hostileName).slice(1, -1))));
    const named = {
      ...reports.full,
      snapshot: { ...reports.full.snapshot, name: '</title><script>alert(1)</script>' },
    };
    assert.ok(reportPage(named, '', 'n').includes('<title>&lt;/title&gt;&lt;script&gt;'));
  });

  it('tells nobody where on the machine it was made', () => {
    assert.ok(reports.full.snapshot.file.includes('/home/'));
    assert.equal(reportPage(reports.full, script, 'n').includes('/home/'), false);
  });

  it('text is safe in markup, and JSON in a script', () => {
    assert.equal(inHtml(`<a b="c" d='e'>&`), '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
    const nasty = '</SCRIPT><!--<script>]]>\u2028\u2029';
    assert.doesNotMatch(inScript(JSON.stringify(nasty)), /[<\u2028\u2029]/);
    assert.equal(JSON.parse(inScript(JSON.stringify(nasty))), nasty);
  });

  it('lets nothing be fetched, framed, sent or run but its own script', () => {
    const page = reportPage(reports.full, script, 'abc');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; base-uri 'none'; form-action 'none'",
    );
    assert.deepEqual(matches(markup(page), /<(link|iframe|object|embed|form|base|img)\b/g), []);
    assert.deepEqual(matches(markup(page), /<[^>]+\s(src|href|style|on\w+)=/g), []);
  });
});

describe('writing the report', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-report-'));
  });
  after(() => rm(folder, { recursive: true }));
  const isBuilt = existsSync(resolve(import.meta.dirname, '../../dist/webview/report.js'));

  it('makes the folder and one whole file', async () => {
    const path = join(folder, 'new', 'report.html');
    if (!isBuilt) return assert.rejects(writeReport(reports.full, path), { code: 'report-not-built' });
    await writeReport(reports.full, path);
    assert.deepEqual(await readdir(join(folder, 'new')), ['report.html']);
    assert.deepEqual(inlinedData(await readFile(path, 'utf8')), asJson(reports.full));
  });

  it('a cancelled one leaves the old page as it was', async () => {
    const path = join(folder, 'kept.html');
    await writeFile(path, 'old');
    await assert.rejects(writeReport(reports.full, path, { signal: AbortSignal.abort() }));
    assert.equal(await readFile(path, 'utf8'), 'old');
  });

  it('a path that cannot be written is said, with what to do', async () => {
    if (!isBuilt) return;
    const path = join(folder, 'kept.html', 'below-a-file.html');
    await writeFile(join(folder, 'kept.html'), 'old');
    await assert.rejects(writeReport(reports.full, path), (error: Error & { code?: string; advice?: string }) => {
      assert.equal(error.code, 'report-not-written');
      assert.ok(error.advice);
      return true;
    });
  });
});
