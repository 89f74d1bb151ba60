import { candidateWords } from '../../shared/candidate.ts';
import { reasonWords, UserError } from '../../shared/faults.ts';
import type { ExplanationKind } from '../../shared/results/explanation.ts';
import { candidateOf, type ModelDetail } from '../../shared/results/study.ts';
import { explainers } from '../explain/registry.ts';
import { attackModel } from '../run/analyse.ts';
import { checkKeptData } from '../run/check-kept-data.ts';
import { explainModel } from '../run/explain.ts';
import { subjectOf } from '../run/subject.ts';
import { JobFailure } from '../run/worker-process.ts';
import { type OperationContext, type StudyInStore, studyOf, trialOf } from './context.ts';
import type { Implementation } from './implementation.ts';
import { judgedModels } from './reported-models.ts';

type Kinds = readonly (ExplanationKind | 'cheap' | 'all')[];

interface Task {
  readonly detail: ModelDetail;
  readonly kind: ExplanationKind | 'robustness';
  readonly title: string;
}

/** Each technique may take so long: as where somebody looks at it alone. */
const usualSeconds = 10;
/** With less left nothing is begun. */
const leastSeconds = 0.5;

/**
 * Explains what the report shows, as many techniques side by side as there are workers, the cheap ones of all models first, until the time
 * is used up. Whatever ends it, what was made is kept.
 */
export const studyExplain: Implementation<'study.explain'> = async (context, { file, kinds, models, seconds }) => {
  const end = performance.now() + 1000 * seconds;
  const found = studyOf(context.state, file);
  const details = judgedModels(file, found).filter(({ hasModel }) => hasModel);
  const asked =
    models === undefined ? details : details.filter((detail) => models.some((which) => isMeant(detail, which)));
  const tasks = tasksOf(asked, kinds);
  const left = () => (end - performance.now()) / 1000;
  const checked = await checkKeptData(found, {
    ...analysisContext(context),
    seconds: Math.max(leastSeconds, left() / 4),
  });
  const outcome = { explained: 0, failures: [] as Failure[], left: [] as Task[] };
  const waiting = [...tasks];
  let begun = 0;
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      context.signal.throwIfAborted();
      if (left() < leastSeconds) outcome.left.push(task);
      else {
        context.progress(begun++ / tasks.length, `${task.title}, ${candidateWords(candidateOf(task.detail))}`);
        await explain(context, found, task, Math.min(usualSeconds, left()), outcome);
      }
    }
  };
  // What others have made when one is cancelled comes back within a second, and is kept.
  const ends = await Promise.allSettled(Array.from({ length: context.state.pool.size }, work));
  for (const ended of ends) if (ended.status === 'rejected') throw ended.reason;
  const about = ({ detail, kind }: Task) => ({ about: candidateWords(candidateOf(detail)), kind });
  return { explained: outcome.explained, failures: outcome.failures, left: outcome.left.map(about), checked };
};

interface Failure {
  readonly about: string;
  readonly kind: string;
  readonly words: string;
}

const analysisContext = ({ state, signal, progress }: OperationContext) => ({ pool: state.pool, signal, progress });

async function explain(
  context: OperationContext,
  found: StudyInStore,
  { detail, kind }: Task,
  seconds: number,
  outcome: { explained: number; failures: Failure[] },
): Promise<void> {
  const candidate = candidateOf(detail);
  try {
    const subject = subjectOf(found, candidate === 'ensemble' ? candidate : trialOf(found, candidate, detail.file));
    const quiet = { ...analysisContext(context), progress: () => undefined };
    if (kind === 'robustness') await attackModel(found, subject, quiet);
    else await explainModel(found, subject, { kind, seconds }, quiet);
    outcome.explained++;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof JobFailure)) throw error;
    outcome.failures.push({ about: candidateWords(candidate), kind, words: reasonWords(error) });
  }
}

const isMeant = (detail: ModelDetail, which: 'best' | 'ensemble' | 'readable' | number): boolean => {
  if ('ensemble' in detail) return which === 'ensemble';
  if (which === 'best') return detail.isBest;
  return which === 'readable' ? (detail.roles ?? []).includes('readable') : detail.trial.number === which;
};

/** What is cheap first, so that the time is there for every model. */
function tasksOf(details: readonly ModelDetail[], kinds: Kinds): readonly Task[] {
  const cheap = new Set<string>(explainers.filter(({ byDefault }) => byDefault).map(({ kind }) => kind));
  const wanted = (kind: ExplanationKind) =>
    kinds.includes('all') || kinds.includes(kind) || (kinds.includes('cheap') && cheap.has(kind));
  const tasks = details.flatMap((detail): Task[] => [
    ...detail.techniques
      .filter(({ kind, unsuited }) => unsuited === undefined && wanted(kind))
      .map(({ kind, title }) => ({ detail, kind, title })),
    ...(kinds.includes('all') && !detail.robustness ? [{ detail, kind: 'robustness', title: 'Attacks' } as const] : []),
  ]);
  return tasks.toSorted((a, b) => Number(cheap.has(b.kind)) - Number(cheap.has(a.kind)));
}
