import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildOptions, type Entry } from '../../build/entries.ts';

const root = resolve(import.meta.dirname, '../..');

/** One page's script as the product's build makes it, without writing it. */
export async function bundle(source: string, kind: Entry['kind']): Promise<string> {
  const [options] = buildOptions([
    { source, output: `webview/${source.split('/').at(-1)?.replace('.ts', '.js')}`, kind },
  ]);
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    sourcemap: false,
    outdir: join(root, 'dist'),
  });
  const script = outputFiles?.find(({ path }) => path.endsWith('.js'));
  if (!script) throw new Error(`esbuild made no script of ${source}`);
  return script.text;
}
