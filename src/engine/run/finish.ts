import type { Constraint } from '../../shared/experiment/constraint.ts';
import { reasonWords, UserError } from '../../shared/faults.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import type { Trial } from '../../shared/trial.ts';
import { bestTrial } from '../search/ranking.ts';
import { attackModel } from './analyse.ts';
import { doubtResults } from './check-run-data.ts';
import { explainModel } from './explain.ts';
import { jobOptionsOf, makeFinalModels } from './final-models.ts';
import type { RunContext } from './run-context.ts';
import { subjectOf } from './subject.ts';
import { JobFailure } from './worker-process.ts';

/**
 * Makes the final models, then explains and attacks the best trial.
 * Resolves with what a person should know; a step that fails is said and does not undo the others. A run that is stopped makes only what
 * does not take long.
 */
export async function finishRun(context: RunContext): Promise<string[]> {
  const { store, prepared, experiment, pool } = context;
  const { record, study } = prepared;
  const best = bestTrial(study.trials, study.directions);
  const stored = best && store.trials.get(record.id, best.number);
  if (!stored) return [withoutBest(study.trials, experiment.constraints)];
  if (experiment.script) return ["Explanations and attacks are not available for a script's model yet."];
  const found = { store, study: record };
  const analysis = { pool, ...jobOptionsOf(context), progress: () => undefined };
  pool.renew();
  const { notes } = await makeFinalModels(context, best);
  const unexplained: string[] = [];
  const explain = async () => {
    const { failures } = await explainModel(found, subjectOf(found, stored), {}, analysis);
    unexplained.push(...failures.map(({ kind, words }) => `The best trial has no ${kind}: ${words}`));
  };
  const attack = () => attackModel(found, subjectOf(found, stored), analysis);
  const steps: [string, () => Promise<unknown>][] = [
    ...(experiment.explain === 'auto' ? [['explained', explain] as [string, () => Promise<unknown>]] : []),
    ...(experiment.robustness === 'auto' ? [['attacked', attack] as [string, () => Promise<unknown>]] : []),
  ];
  const outcomes = await Promise.allSettled(steps.map(([, step]) => step()));
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'fulfilled' ? [] : [{ step: steps[index][0], error: outcome.reason as unknown }],
  );
  const [cut, failures] = [failed.filter(isCut), failed.filter((one) => !isCut(one))];
  const mayDoubt = experiment.explain === 'auto' && !context.stop.aborted;
  const doubts = mayDoubt ? await doubtResults(context, subjectOf(found, stored)) : [];
  const { shortened } = best.attributes;
  const said = [
    ...notes,
    ...unexplained,
    ...doubts,
    ...failures.map(({ step, error }) => `The best trial could not be ${step}: ${wordsOf(error)}`),
    ...(cut.length > 0 ? [`The best trial was not ${cut.map(({ step }) => step).join(' or ')}.`] : []),
    ...(context.cut.aborted ? ['The next run goes on from here.'] : []),
  ];
  return shortened === undefined ? said : [`The training of the best trial was ${shortened}.`, ...said];
}

/** Why a search leaves no best trial: none finished, or none keeps the constraints. */
function withoutBest(trials: readonly Trial[], constraints: readonly Constraint[]): string {
  const finished = trials.filter(({ state }) => state === 'complete');
  const failed = trials.filter(({ state }) => state === 'failed');
  if (finished.length > 0) {
    const broken = constraints.flatMap(({ words }, i) => {
      const count = finished.filter((trial) => (trial.constraints?.[i] ?? 0) > 0).length;
      return count > 0 ? [`${words} is broken by ${count} of ${finished.length}`] : [];
    });
    return `No trial keeps every constraint, so none is the best: ${listWords(broken)} that finished.`;
  }
  const last = failed.at(-1);
  return last
    ? `No trial finished. ${countWords(failed.length, 'trial')} failed, the last because: ${last.message}`
    : 'No trial finished.';
}

/** The run was stopped, and there was no time for it. */
const isCut = ({ error }: { error: unknown }): boolean => error instanceof DOMException && error.name === 'AbortError';

/** A fault of the trial or of the person's disk is said; a fault of ours is thrown on. */
function wordsOf(error: unknown): string {
  if (error instanceof UserError || error instanceof JobFailure) return reasonWords(error);
  throw error;
}
