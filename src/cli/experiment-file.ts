import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine/index.ts';
import type { KnownData, ProviderContext } from '../language/context.ts';
import { type ParsedExperiment, parseExperiment } from '../language/parse.ts';
import type { Experiment } from '../shared/experiment/experiment.ts';
import { placeWords, UserError } from '../shared/faults.ts';
import { FileFaults } from './failure.ts';
import { findingOf } from './fault-place.ts';
import { type Finding, findingLine } from './finding.ts';
import { shortPath } from './short-path.ts';

export interface ReadExperiment extends Omit<ParsedExperiment, 'diagnostics'> {
  readonly findings: readonly Finding[];
  readonly path: string;
}

export interface CheckedExperiment extends ReadExperiment {
  /** What a person should know of the data, though nothing is wrong with them. */
  readonly notes: readonly string[];
}

/** Reads and checks an experiment file, against its data too. Throws a UserError where the file cannot be read. */
export async function readExperiment(given: string, engine: Engine, signal: AbortSignal): Promise<ReadExperiment> {
  const path = resolve(given);
  const text = await readText(path, given);
  const { draft } = parseExperiment(text, path);
  const context: ProviderContext = {
    catalog: (await engine.call('engine.catalog', {})).learners,
    ...(await dataOf(draft.absoluteDataPath, engine, signal)),
    testColumns: (await dataOf(draft.absoluteTestPath, engine, signal)).columns,
  };
  const { diagnostics, ...parsed } = parseExperiment(text, path, context);
  return { ...parsed, findings: diagnostics, path };
}

/** As `readExperiment`, and finds what only a run would: the data is loaded and parted. */
export async function checkExperiment(given: string, engine: Engine, signal: AbortSignal): Promise<CheckedExperiment> {
  const read = await readExperiment(given, engine, signal);
  if (!read.experiment) return { ...read, notes: [] };
  try {
    const { notes } = await engine.call('experiment.check', { experiment: read.experiment }, { signal });
    return { ...read, notes };
  } catch (error) {
    return { ...read, findings: [...read.findings, findingOf(error, read.experiment, read.document)], notes: [] };
  }
}

/** As `readExperiment`, and throws `FileFaults` where the experiment cannot run as it stands. */
export async function readRunnable(
  given: string,
  engine: Engine,
  signal: AbortSignal,
): Promise<ReadExperiment & { experiment: Experiment }> {
  const read = await readExperiment(given, engine, signal);
  const { experiment, findings } = read;
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || !experiment) throw new FileFaults(errors.map((finding) => findingLine(finding, given)));
  return { ...read, experiment };
}

async function readText(path: string, given: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError('file-missing', 'the experiment file cannot be read.', {
      place: { file: given },
      advice: 'Check the path, or make one: vitrine init DATA --target COLUMN.',
      cause: error,
    });
  }
}

/** Columns of a data file; its own faults are told where the experiment file names it. */
export async function dataOf(
  path: string | undefined,
  engine: Engine,
  signal: AbortSignal,
): Promise<{ columns?: KnownData; rowCount?: number }> {
  if (path === undefined) return {};
  try {
    const { columns, rowCount } = await engine.call('data.inspect', { path }, { signal });
    return { columns, rowCount };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const place = placeWords({ ...error.place, file: shortPath(path) });
    return { columns: { missing: [`${place}: ${error.message}`, error.advice].filter(Boolean).join(' ') } };
  }
}
