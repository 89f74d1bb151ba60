import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine/index.ts';
import type { ProviderContext } from '../language/context.ts';
import type { Diagnostic } from '../language/diagnostic.ts';
import { parseExperiment } from '../language/parse.ts';
import type { Experiment } from '../shared/experiment/experiment.ts';
import { UserError } from '../shared/faults.ts';
import { FileFaults } from './failure.ts';

export interface ReadExperiment {
  readonly experiment: Experiment | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly path: string;
}

/** Reads and checks an experiment file, against its data too. Throws a UserError where the file cannot be read. */
export async function readExperiment(given: string, engine: Engine, signal: AbortSignal): Promise<ReadExperiment> {
  const path = resolve(given);
  const text = await readText(path, given);
  const first = parseExperiment(text, path);
  const context: ProviderContext = {
    catalog: (await engine.call('engine.catalog', {})).learners,
    ...(await columnsOf(first.draft.absoluteDataPath, engine, signal)),
  };
  const { experiment, diagnostics } = parseExperiment(text, path, context);
  return { experiment, diagnostics, path };
}

/** As `readExperiment`, and throws `FileFaults` where the experiment cannot run as it stands. */
export async function readRunnable(given: string, engine: Engine, signal: AbortSignal): Promise<Experiment> {
  const { experiment, diagnostics, path } = await readExperiment(given, engine, signal);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || !experiment)
    throw new FileFaults(errors.map((diagnostic) => diagnosticLine(diagnostic, path)));
  return experiment;
}

/** `file:line:column: message [code]`, lines and columns from 1. */
export const diagnosticLine = ({ range, message, code }: Diagnostic, path: string): string =>
  `${path}:${range.start.line + 1}:${range.start.character + 1}: ${message} [${code}]`;

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

/** Faults of the data itself are told where the file names it. */
async function columnsOf(
  dataPath: string | undefined,
  engine: Engine,
  signal: AbortSignal,
): Promise<Pick<ProviderContext, 'columns' | 'rowCount'>> {
  if (dataPath === undefined) return {};
  try {
    const { columns, rowCount } = await engine.call('data.inspect', { path: dataPath }, { signal });
    return { columns, rowCount };
  } catch (error) {
    if (error instanceof UserError)
      return { columns: { missing: [error.message, error.advice].filter(Boolean).join(' ') } };
    throw error;
  }
}
