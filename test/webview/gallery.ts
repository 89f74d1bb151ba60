import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { themeCss, themes } from './fixtures/themes.ts';
import { scenes } from './scenes.ts';

const root = resolve(import.meta.dirname, '../..');

/** The policy that the extension gives its pages. */
export const policy = "default-src 'none'; script-src 'nonce-gallery'; style-src 'nonce-gallery'; img-src data:";

/** Writes one page for each scene and theme, and an index of them all; returns their names. */
export async function buildGallery(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/webview/scene-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    loader: { '.svg': 'text' },
    tsconfig: join(root, 'src/webview/tsconfig.json'),
  });
  await writeFile(join(folder, 'scene.js'), outputFiles[0].contents);
  const pages = Object.keys(themes).flatMap((theme) =>
    scenes.map((scene) => ({ theme, scene, page: `${scene.name}.${theme}.html` })),
  );
  for (const { theme, scene, page } of pages)
    await writeFile(join(folder, page), scenePage(scene.name, scene.surface, theme));
  await writeFile(join(folder, 'index.html'), indexPage(pages));
  return pages.map(({ page }) => page);
}

const scenePage = (name: string, surface: string, theme: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${name}, ${theme}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="gallery">${themeCss(theme)}
body { background: var(--vscode-${surface === 'dashboard' ? 'sideBar' : 'editor'}-background); color: var(--vscode-foreground); }</style>
<body class="${themes[theme].kind}" data-scene="${name}"><script nonce="gallery" src="scene.js"></script></body></html>
`;

const indexPage = (
  pages: readonly { theme: string; scene: { name: string; width: number }; page: string }[],
): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Vitrine's gallery</title>
<style>body { font: 13px sans-serif; display: flex; flex-wrap: wrap; gap: 16px } iframe { border: 1px solid #8888; height: 900px; display: block }</style>
${pages.map(({ theme, scene, page }) => `<figure><figcaption>${scene.name}, ${theme}</figcaption><iframe src="${page}" width="${scene.width}"></iframe></figure>`).join('\n')}
</html>
`;

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: node test/webview/gallery.ts FOLDER');
  console.log(`${(await buildGallery(folder)).length} pages in ${folder}`);
}
