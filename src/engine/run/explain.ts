import { type CohortCondition, cohortKey } from '../../shared/cohort/cohort.ts';
import { reasonWords, UserError } from '../../shared/faults.ts';
import type { Result } from '../../shared/results/result.ts';
import { tooFewRows } from '../explain/explain-cohort.ts';
import type { Explainer, ExplainOptions } from '../explain/explainer.ts';
import { explainers } from '../explain/registry.ts';
import { optionFault } from '../explain/technique-options.ts';
import { unsuitedWords } from '../explain/unsuited-words.ts';
import { type AnalysisContext, analysing, jobOptionsOf } from './analyse.ts';
import type { StudyInStore, Subject } from './subject.ts';
import { JobFailure } from './worker-process.ts';

export interface ExplainWishes {
  /** One technique, or all that suit the model; default: all of those that are cheap. */
  readonly kind?: string;
  /** Position in the first fold's validation part; default: the most uncertain row. */
  readonly row?: number;
  /** What holds of the rows to look at; default: all. A row that is asked for need not be one of them. */
  readonly cohort?: readonly CohortCondition[];
  /** The technique's own options. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** After so long each gives back what it knows; default 10. */
  readonly seconds?: number;
  /** Makes it anew where it is kept already. */
  readonly anew?: boolean;
}

export interface Explained {
  readonly results: readonly Result[];
  /** Techniques that came to nothing, and why; a technique that was asked for by its name throws instead. */
  readonly failures: readonly { readonly kind: string; readonly words: string }[];
}

type AnyExplainer = Pick<
  Explainer<ExplainOptions, Result>,
  'kind' | 'title' | 'scope' | 'byDefault' | 'needs' | 'reads' | 'unsuited' | 'options'
>;

/** Who looks at an explanation waits so long for it, unless they say otherwise. */
const usualSeconds = 10;

/**
 * Explains a model in worker processes and keeps the results, one a technique, row and options; what is kept already is not made again.
 * Throws a UserError where the technique that was asked for does not suit it.
 */
export async function explainModel(
  { store, study }: StudyInStore,
  subject: Subject,
  wishes: ExplainWishes,
  context: AnalysisContext,
): Promise<Explained> {
  const chosen = chosenExplainers(subject, wishes.kind);
  checkOptions(chosen, wishes);
  const shares = new Map(chosen.map(({ kind }) => [kind, 0]));
  const explained = async ({ kind, title, scope }: AnyExplainer): Promise<Result> => {
    const key = keyOf(wishes, scope);
    const kept = wishes.anew ? undefined : store.analyses.get(study.id, subject.about, kind, key);
    if (kept && kept.partial === undefined) return kept;
    const onProgress = (share: number) => {
      shares.set(kind, share);
      context.progress([...shares.values()].reduce((a, b) => a + b) / chosen.length, title);
    };
    const { answer } = await analysing(
      context.pool.run<'explain'>(
        {
          kind: 'explain',
          data: subject.data,
          modelFolder: subject.modelFolder,
          technique: kind,
          sensitive: subject.experiment.data?.sensitive ?? [],
          seed: subject.experiment.search.seed,
          row: wishes.row ?? null,
          cohort: wishes.cohort ?? null,
          options: wishes.options ?? {},
          seconds: wishes.seconds ?? usualSeconds,
        },
        { ...jobOptionsOf(context), onProgress },
      ),
    );
    store.analyses.put(study.id, subject.about, key, answer);
    return answer;
  };
  const outcomes = await Promise.allSettled(chosen.map(explained));
  return {
    results: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    failures: outcomes.flatMap((outcome, i) =>
      outcome.status === 'fulfilled' ? [] : [{ kind: chosen[i].kind, words: wordsOf(outcome.reason, wishes.kind) }],
    ),
  };
}

/** What tells results of one kind apart: the row that was asked for, and what was asked beside it. */
const keyOf = ({ row, cohort, options = {} }: ExplainWishes, scope: 'model' | 'one row'): string =>
  [
    row ?? '',
    cohort && (scope === 'model' || row === undefined) ? cohortKey(cohort) : '',
    ...Object.entries(options).map((one) => JSON.stringify(one)),
  ]
    .join(' ')
    .trim();

/** Options are those of one technique. Throws a UserError where there is another, or where it does not take them. */
function checkOptions(chosen: readonly AnyExplainer[], { kind, options = {} }: ExplainWishes): void {
  if (Object.keys(options).length === 0) return;
  const [technique] = chosen;
  if (technique?.kind !== kind)
    throw new UserError('technique-option', 'options are those of one technique.', { advice: 'Name it by --kind.' });
  const fault = optionFault(technique.options, options);
  if (fault)
    throw new UserError(fault.code, `${technique.kind}: ${fault.message}`, {
      advice: [fault.advice, `All are listed by: vitrine explain --options ${technique.kind}`]
        .filter(Boolean)
        .join(' '),
    });
}

function chosenExplainers({ model, words }: Subject, wished: string | undefined): readonly AnyExplainer[] {
  const all: readonly AnyExplainer[] = explainers;
  const suits = (explainer: AnyExplainer): boolean => {
    const why = model ? unsuitedWords(explainer, model) : undefined;
    if (why === undefined) return true;
    if (wished === undefined || wished === 'all') return false;
    throw new UserError('technique-model', `${words}: ${why}`, {
      advice: 'Choose another trial, or another technique.',
    });
  };
  return all
    .filter(({ kind, byDefault }) => (wished === undefined ? byDefault : wished === 'all' || kind === wished))
    .filter(suits);
}

/** Why one of several came to nothing. A fault of ours, a stop, and what was asked for by its name are thrown on. */
function wordsOf(error: unknown, wished: string | undefined): string {
  const isOneOfMany = wished === undefined || wished === 'all';
  // What is wrong with the cohort is so for every technique, but for how many rows each needs.
  const isOfAll = error instanceof UserError && error.code.startsWith('cohort-') && error.code !== tooFewRows;
  if (isOneOfMany && !isOfAll && (error instanceof UserError || error instanceof JobFailure)) return reasonWords(error);
  throw error;
}
