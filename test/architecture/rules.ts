import type { Import } from './import-graph.ts';

/** What a part of the house may import of ours; a path that ends in '/' is a folder and all below it. */
interface Wall {
  readonly part: string;
  readonly may: readonly string[];
  readonly instead: string;
}

/** What a part must not import, with the places that are excepted on either side. */
interface Ban {
  readonly part: string;
  readonly mustNot: readonly string[];
  readonly butTo?: readonly string[];
  readonly butFrom?: readonly string[];
  readonly instead: string;
}

/** A package that only some parts may import. */
interface Reserved {
  readonly packages: RegExp;
  readonly parts: readonly string[];
  readonly instead: string;
}

export const walls: readonly Wall[] = [
  { part: 'shared/', may: ['shared/'], instead: 'shared is what both sides of a wall may know: move what it needs in' },
  { part: 'language/', may: ['language/', 'shared/'], instead: 'take text and providers as arguments' },
  { part: 'engine/', may: ['engine/', 'shared/'], instead: 'the engine takes a checked Experiment: callers parse' },
  {
    part: 'cli/',
    may: ['cli/', 'engine/index.ts', 'language/', 'shared/'],
    instead: 'import it from engine/index.ts, the front door',
  },
  {
    part: 'extension/',
    may: ['extension/', 'engine/client.ts', 'engine/client/', 'language/', 'shared/'],
    instead: 'ask the engine process through its client',
  },
  { part: 'webview/', may: ['webview/', 'shared/'], instead: 'ask the extension by a message' },
];

const modelParts = ['engine/learners/', 'engine/networks/', 'engine/nas/', 'engine/models/'];

export const bans: readonly Ban[] = [
  ...['engine/explain/', 'engine/robustness/'].map((part) => ({
    part,
    mustNot: [...modelParts, 'engine/search/', 'engine/store/'],
    butTo: [
      'engine/models/predictor.ts',
      'engine/models/additive.ts',
      'engine/models/combined.ts',
      'engine/models/readable.ts',
      'engine/models/tree-ensemble.ts',
      'engine/models/influential.ts',
      'engine/models/place-mapped.ts',
    ],
    instead: 'see a model only as a Predictor, with capabilities asked for by a type guard',
  })),
  {
    part: 'engine/search/',
    mustNot: [...modelParts, 'engine/explain/', 'engine/robustness/'],
    instead: 'the search knows spaces and values, nothing of learners',
  },
  {
    part: 'engine/numerics/',
    mustNot: ['engine/'],
    butTo: ['engine/numerics/', 'engine/random.ts'],
    instead: 'numerics takes arrays, a Random, and functions to call: pass what it needs',
  },
  {
    part: '',
    mustNot: ['engine/run/'],
    butFrom: ['engine/run/', 'engine/operations/'],
    instead: 'only operations start work: call an operation',
  },
];

export const reserved: readonly Reserved[] = [
  { packages: /^vscode$/, parts: ['extension/'], instead: 'only the extension knows VS Code' },
  {
    packages: /^node:/,
    parts: ['language/', 'engine/', 'cli/', 'extension/'],
    instead: 'shared and webview run without Node',
  },
  {
    packages: /^(lit|chart\.js|elkjs|@vscode-elements\/elements)$/,
    parts: ['webview/'],
    instead: 'only the webview draws',
  },
  { packages: /^vscode-jsonrpc$/, parts: ['engine/', 'extension/'], instead: 'ask through the engine client' },
];

const isIn = (path: string, places: readonly string[]) =>
  places.some((place) => (place === '' || place.endsWith('/') ? path.startsWith(place) : path === place));

/** Read for the version alone. */
const manifest = '../package.json';

function broken(edge: Import): string | undefined {
  if (edge.to === manifest) return undefined;
  if (!edge.isOurs) return reserved.find((r) => r.packages.test(edge.to) && !isIn(edge.from, r.parts))?.instead;
  const wall = walls.find((candidate) => isIn(edge.from, [candidate.part]));
  if (wall === undefined) return 'every source file is in a part of the house that has a wall';
  if (!isIn(edge.to, wall.may)) return wall.instead;
  const ban = bans.find(
    ({ part, mustNot, butTo = [], butFrom = [] }) =>
      isIn(edge.from, [part]) && isIn(edge.to, mustNot) && !isIn(edge.to, butTo) && !isIn(edge.from, butFrom),
  );
  return ban?.instead;
}

/** The imports that break a rule, each as 'file:line imports what: what to do instead'. */
export function violations(imports: readonly Import[]): string[] {
  return imports.flatMap((edge) => {
    const instead = broken(edge);
    return instead === undefined ? [] : [`src/${edge.from}:${edge.line} imports ${edge.to}: ${instead}`];
  });
}
