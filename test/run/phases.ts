import { existsSync, globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreeWithExit, type Counts, none, oneFailed, onePassed } from './counts.ts';
import { root, runProgram } from './process.ts';

export interface Selection {
  /** Only tests whose name holds this text. */
  readonly grep?: string;
  /** Only these test files, relative to the repository. */
  readonly files: readonly string[];
}

export interface Phase {
  readonly name: string;
  readonly title: string;
  readonly minutes: number;
  run(phase: Phase, selection: Selection): Promise<Counts>;
}

const bin = (name: string) => join(root, 'node_modules/.bin', name);

/** A phase that is one check: it counts as one test. */
const check =
  (...commands: readonly (readonly [string, ...string[]])[]) =>
  async (phase: Phase): Promise<Counts> => {
    let good = true;
    for (const [program, ...parameters] of commands) {
      good = (await runProgram(program, parameters, phase.minutes)) === 0 && good;
    }
    return good ? onePassed : oneFailed;
  };

const testFiles = (folder: string, except: readonly string[] = []) =>
  globSync(`${folder}/**/*.test.ts`, { cwd: root, exclude: (path) => except.includes(path) }).sort();

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The phase's files, or those of them that the command line names. */
const selected = (files: readonly string[], selection: Selection) =>
  selection.files.length === 0 ? files : files.filter((file) => selection.files.includes(file));

/** Runs a program that writes its counts, as JSON, into the file it is given. */
async function counted(phase: Phase, parametersOf: (counts: string) => readonly string[]): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const code = await runProgram(bin('node'), parametersOf(file), phase.minutes);
    const text = existsSync(file) ? await readFile(file, 'utf8') : '';
    return agreeWithExit(text === '' ? undefined : JSON.parse(text), code);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const nodeTests =
  (files: () => readonly string[], options: readonly string[]) =>
  async (phase: Phase, selection: Selection): Promise<Counts> => {
    const chosen = selected(files(), selection);
    if (chosen.length === 0) return none;
    const grep = selection.grep === undefined ? [] : [`--test-name-pattern=${escaped(selection.grep)}`];
    return counted(phase, (counts) => [
      ...['--test', '--disable-warning=ExperimentalWarning', ...options, ...grep],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=./test/run/count-reporter.ts', `--test-reporter-destination=${counts}`],
      ...chosen,
    ]);
  };

async function editorTests(phase: Phase, selection: Selection): Promise<Counts> {
  const all = testFiles('test/host');
  const chosen = selected(all, selection);
  if (chosen.length === 0) return none;
  const grep = selection.grep === undefined ? [] : ['--grep', selection.grep];
  return counted(phase, (counts) => ['test/host/run.ts', '--counts', counts, ...grep, ...chosen]);
}

const inFolders = ['test/architecture', 'test/host', 'test/ui'];

/** Everything that `npm test` does, in order. */
export const phases: readonly Phase[] = [
  {
    name: 'rules',
    title: 'Import rules',
    minutes: 2,
    run: nodeTests(() => testFiles('test/architecture'), ['--test-timeout=60000']),
  },
  {
    name: 'style',
    title: 'Format and lint',
    minutes: 2,
    run: check([bin('biome'), 'check', '--error-on-warnings', '.']),
  },
  {
    name: 'types',
    title: 'Types',
    minutes: 4,
    run: check(
      [bin('tsc'), '-p', 'tsconfig.json'],
      [bin('tsc'), '-p', 'src/webview/tsconfig.json'],
      [bin('tsc'), '-p', 'test/webview/tsconfig.json'],
    ),
  },
  { name: 'build', title: 'Build', minutes: 3, run: check([bin('node'), 'build/build.ts']) },
  {
    name: 'unit',
    title: 'Unit and engine tests',
    minutes: 18,
    run: nodeTests(() => testFiles('test', inFolders), ['--test-concurrency=2', '--test-timeout=180000']),
  },
  { name: 'host', title: 'In-editor tests', minutes: 10, run: editorTests },
  {
    name: 'ui',
    title: 'User-interface tests',
    minutes: 10,
    run: nodeTests(() => testFiles('test/ui'), ['--test-concurrency=1', '--test-timeout=180000']),
  },
];
