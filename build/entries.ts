import type { BuildOptions } from 'esbuild';

/** One program of the product: where its source begins and which file it becomes under `dist/`. */
export interface Entry {
  readonly source: string;
  readonly output: string;
  readonly kind: 'node' | 'extension' | 'page' | 'inline';
}

/** Every entry of the product. A row whose source is absent fails the build. */
export const entries: readonly Entry[] = [
  { source: 'src/cli/main.ts', output: 'cli/main.js', kind: 'node' },
  { source: 'src/engine/index.ts', output: 'engine/index.js', kind: 'node' },
  { source: 'src/engine/server.ts', output: 'engine/server.js', kind: 'node' },
  { source: 'src/engine/run/worker.ts', output: 'engine/worker.js', kind: 'node' },
  { source: 'src/extension/extension.ts', output: 'extension/extension.cjs', kind: 'extension' },
  { source: 'src/webview/dashboard.ts', output: 'webview/dashboard.js', kind: 'page' },
  { source: 'src/webview/trial.ts', output: 'webview/trial.js', kind: 'page' },
  { source: 'src/webview/report.ts', output: 'webview/report.js', kind: 'inline' },
];

/** Files that go beside the bundles as they are. */
export const copies: readonly { from: string; to: string }[] = [
  ...['tfjs-backend-wasm', 'tfjs-backend-wasm-simd', 'tfjs-backend-wasm-threaded-simd'].map((name) => ({
    from: `node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}.wasm`,
    to: `engine/${name}.wasm`,
  })),
  { from: 'node_modules/@vscode/codicons/dist/codicon.css', to: 'webview/codicon.css' },
  { from: 'node_modules/@vscode/codicons/dist/codicon.ttf', to: 'webview/codicon.ttf' },
];

/** Never bundled: a native package, the editor's own module, and accelerators that a user may install. */
export const external = [
  '@duckdb/node-api',
  'vscode',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  'webgpu',
] as const;

const everywhere: BuildOptions = {
  bundle: true,
  sourcemap: true,
  outdir: 'dist',
  write: false,
  external: [...external],
  logLevel: 'silent',
  loader: { '.svg': 'text' },
};

const optionsOf: Record<Entry['kind'], BuildOptions> = {
  // Shared code becomes chunks beside the engine's entries, so `import.meta.url` of any engine module, whoever
  // imported it, is a file in dist/engine, where worker.js and the wasm binaries are.
  node: {
    platform: 'node',
    format: 'esm',
    target: 'node22.13',
    splitting: true,
    chunkNames: 'engine/[name]-[hash]',
    inject: ['build/commonjs-globals.ts'],
    banner: {
      js: "import { createRequire as requireOfBundle } from 'node:module'; const require = requireOfBundle(import.meta.url);",
    },
  },
  extension: { platform: 'node', format: 'cjs', target: 'node22.13' },
  page: { platform: 'browser', format: 'esm', target: 'es2022', minify: true },
  // A self-contained page carries this bundle in a plain <script>.
  inline: { platform: 'browser', format: 'iife', target: 'es2022', minify: true },
};

/** One esbuild run for each kind that has entries among `present`. */
export function buildOptions(present: readonly Entry[]): BuildOptions[] {
  return Object.entries(optionsOf).flatMap(([kind, options]) => {
    const ofKind = present.filter((entry) => entry.kind === kind);
    if (ofKind.length === 0) return [];
    const entryPoints = ofKind.map((entry) => ({ in: entry.source, out: entry.output.replace(/\.c?js$/, '') }));
    const outExtension = kind === 'extension' ? { '.js': '.cjs' } : undefined;
    return [{ ...everywhere, ...options, entryPoints, ...(outExtension && { outExtension }) }];
  });
}
