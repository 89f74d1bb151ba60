import { reasonWords, UserError } from '../../shared/faults.ts';
import type { DataFindings } from '../../shared/results/data-findings.ts';
import type { PermutationImportance } from '../../shared/results/permutation-importance.ts';
import { dataChecks } from '../checks/registry.ts';
import type { Usage } from './job.ts';
import { isOverTable, type PreparedData, type TableExperiment } from './prepare-data.ts';
import type { RunContext } from './run-context.ts';
import type { Subject } from './subject.ts';
import { JobFailure } from './worker-process.ts';

/** Of the time budget; without one, so many seconds. */
const mostShare = 0.02;
const [mostSecondsBefore, mostSecondsAfter] = [1.5, 10];

const secondsWithin = ({ budget }: TableExperiment, most: number): number =>
  Math.min(most, mostShare * (budget.seconds ?? Number.POSITIVE_INFINITY));

/**
 * Before the search, once a study: the checks that are a pass over the columns; the findings say that the others were not made. Resolves
 * with what a person should know where it came to nothing.
 */
export async function checkRunData(context: Omit<RunContext, 'plan'>): Promise<string[]> {
  const { experiment, store, prepared, stop } = context;
  const { data, record } = prepared;
  if (!data || !isOverTable(experiment) || store.analyses.ofStudy(record.id, 'data-findings')) return [];
  const checks = dataChecks.filter(({ cost }) => cost === 'scan').map(({ name }) => name);
  const others = dataChecks.filter(({ cost }) => cost !== 'scan');
  const why = 'it takes longer than the search should wait: Check Data makes it.';
  return orWords(async () => {
    const answer = await metered(context, () =>
      context.pool.run<'data-check'>(
        {
          kind: 'data-check',
          development: data.development.snapshot,
          ...testOf(experiment, data),
          seed: experiment.search.seed,
          checks,
          seconds: secondsWithin(experiment, mostSecondsBefore),
        },
        { signal: stop },
      ),
    );
    const skipped = [...answer.skipped, ...others.map(({ name, title }) => ({ check: name, title, why }))];
    store.analyses.putOfStudy(record.id, { ...answer, skipped } satisfies DataFindings);
  }, 'The data were not checked');
}

/** After it: where the best model is all but right, what may have made it so, by every check. Keeps both, and resolves as above. */
export async function doubtResults(context: RunContext, subject: Subject): Promise<string[]> {
  const { experiment, store, prepared, cut } = context;
  const { data, record } = prepared;
  if (!data || !isOverTable(experiment)) return [];
  const kept = store.analyses.get(record.id, subject.about, 'permutation-importance', '');
  const columns = (kept as PermutationImportance | undefined)?.columns ?? [];
  return orWords(async () => {
    const answer = await metered(context, () =>
      context.pool.run<'doubt'>(
        {
          kind: 'doubt',
          data: subject.data,
          modelFolder: subject.modelFolder,
          ...testOf(experiment, data),
          seed: experiment.search.seed,
          importances: columns.map((column) => ({ column: column.columns[0], loss: column.importance })),
          seconds: secondsWithin(experiment, mostSecondsAfter),
        },
        { signal: cut, graceMilliseconds: 0 },
      ),
    );
    if (!answer) return;
    store.analyses.putOfStudy(record.id, answer.findings);
    store.analyses.putOfStudy(record.id, answer.awesome);
  }, 'The results were not doubted');
}

const testOf = ({ data }: TableExperiment, { testSnapshot }: PreparedData) => ({
  test: testSnapshot,
  testIsFile: data.test.kind === 'file',
});

async function metered<T>(
  { meter }: Pick<RunContext, 'meter'>,
  run: () => Promise<{ readonly answer: T; readonly usage: Usage }>,
): Promise<T> {
  const metering = await meter.job();
  const { answer, usage } = await run();
  await metering.end(usage, usage.seconds);
  return answer;
}

/** What was not found out is said, and undoes nothing; who stopped the run knows why. */
async function orWords(work: () => Promise<void>, words: string): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof JobFailure && error.reason === 'aborted') return [];
    if (error instanceof UserError || error instanceof JobFailure) return [`${words}: ${reasonWords(error)}`];
    throw error;
  }
}
