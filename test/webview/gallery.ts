import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportPage } from '../../src/engine/report/report-page.ts';
import { bundle } from './bundle.ts';
import { reports } from './fixtures/reports.ts';
import { themeCss, themes } from './fixtures/themes.ts';
import { scenes } from './scenes.ts';

/** A policy stricter than the extension's: what works here works there. */
export const policy = "default-src 'none'; script-src 'nonce-gallery'; style-src 'nonce-gallery'";

export interface GalleryPage {
  readonly file: string;
  readonly name: string;
  readonly theme: string;
  readonly width: number;
  /** Labels to press once it is drawn. */
  readonly press: readonly string[];
}

/** Writes one page for each scene and theme, the reports, and an index of them all. */
export async function buildGallery(folder: string): Promise<GalleryPage[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'scene.js'), await bundle('test/webview/scene-page.ts', 'inline'));
  const report = await bundle('src/webview/report.ts', 'inline');
  const pages: GalleryPage[] = [];
  for (const theme of Object.keys(themes)) {
    for (const { name, surface, width, press = [] } of scenes) {
      const file = `${name}.${theme}.html`;
      await writeFile(join(folder, file), scenePage(name, surface, theme));
      pages.push({ file, name, theme, width, press });
    }
  }
  for (const [key, content] of Object.entries(reports)) {
    const file = `report-${key}.html`;
    await writeFile(join(folder, file), reportPage(content, report, 'gallery'));
    for (const theme of ['dark', 'light']) pages.push({ file, name: `report-${key}`, theme, width: 1040, press: [] });
    if (key === 'explained') pages.push({ file, name: `report-${key}-narrow`, theme: 'light', width: 340, press: [] });
  }
  await writeFile(join(folder, 'index.html'), indexPage(pages));
  return pages;
}

const scenePage = (name: string, surface: string, theme: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${name}, ${theme}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="gallery">${themeCss(theme)}
body { background: var(--vscode-${surface === 'dashboard' ? 'sideBar' : 'editor'}-background); color: var(--vscode-foreground); }</style>
<body class="${themes[theme].kind}" data-scene="${name}"><script nonce="gallery" src="scene.js"></script></body></html>
`;

const figure = ({ file, name, theme, width }: GalleryPage): string =>
  `<figure><figcaption>${name}, ${theme}</figcaption><iframe src="${file}" width="${width}"></iframe></figure>`;

const indexPage = (pages: readonly GalleryPage[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Vitrine's gallery</title>
<style>body { font: 13px sans-serif; display: flex; flex-wrap: wrap; gap: 16px } iframe { border: 1px solid #8888; height: 900px; display: block }</style>
${pages.map(figure).join('\n')}
</html>
`;

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: node test/webview/gallery.ts FOLDER');
  console.log(`${(await buildGallery(folder)).length} pages in ${folder}`);
}
