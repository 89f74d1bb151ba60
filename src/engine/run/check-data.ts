import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { DataFindings } from '../../shared/results/data-findings.ts';
import { checksNamed } from '../checks/check-data.ts';
import { type AnalysisContext, analysing } from './analyse.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isOverTable, prepareData } from './prepare-data.ts';

export interface DataCheckWishes {
  /** Default: all. */
  readonly checks?: readonly string[];
  /** After so long it gives back what it knows; default 60. */
  readonly seconds?: number;
}

export interface CheckedData {
  readonly findings: DataFindings;
  /** Of the study that a run over these data would make or go on with. */
  readonly fingerprint: string;
}

const usualSeconds = 60;

/**
 * Loads and parts the data as a run would, and looks for their defects in a worker. Throws a UserError for what a run would
 * refuse, for an unknown check, and where the experiment has no data.
 */
export async function checkExperimentData(
  experiment: Experiment,
  { checks, seconds = usualSeconds }: DataCheckWishes,
  { pool, signal, graceMilliseconds, progress }: AnalysisContext,
): Promise<CheckedData> {
  if (!isOverTable(experiment)) {
    throw new UserError('no-data', 'this experiment has no data: a script keeps its own.', {
      place: { file: experiment.file },
      advice: 'Check a table by an experiment over it.',
    });
  }
  if (checks) checksNamed(checks);
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-checks-'));
  try {
    progress(0, 'Loading the data');
    const { info, development, testSnapshot } = await prepareData(experiment, folder, signal);
    const { answer } = await analysing(
      pool.run<'data-check'>(
        {
          kind: 'data-check',
          development: development.snapshot,
          test: testSnapshot,
          testIsFile: experiment.data.test.kind === 'file',
          seed: experiment.search.seed,
          checks: checks ?? null,
          seconds,
        },
        { signal, graceMilliseconds, onProgress: (share) => progress(share, 'Checking the data') },
      ),
    );
    return { findings: answer, fingerprint: fingerprintOf(experiment, info.hash) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
