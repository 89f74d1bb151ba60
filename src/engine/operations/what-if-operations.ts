import { existsSync } from 'node:fs';
import type { PermutationImportance } from '../../shared/results/permutation-importance.ts';
import type { FormColumn, WhatIf } from '../../shared/results/what-if.ts';
import { analysing } from '../run/analyse.ts';
import { subjectOf } from '../run/subject.ts';
import type { About } from '../store/analyses.ts';
import { type StudyInStore, studyOf } from './context.ts';
import type { Implementation } from './implementation.ts';
import { looked } from './trial-operations.ts';

export const trialWhatIf: Implementation<'trial.whatIf'> = async (
  { state, signal },
  { file, trial, explain, sweep = null, ...wishes },
) => {
  const found = studyOf(state, file);
  const { about, words, experiment, data, modelFolder } = subjectOf(found, looked(found, trial, file));
  const job = {
    kind: 'what-if',
    data,
    modelFolder,
    promisesFolder: promisesFolderOf(found, about),
    sensitive: experiment.data?.sensitive ?? [],
    seed: experiment.search.seed,
    wishes: { ...wishes, explain: explain === 'none' ? null : explain, sweep },
  } as const;
  const { answer } = await analysing(state.pool.run<'what-if'>(job, { signal }));
  const { form, ...rest } = answer;
  return { ...rest, model: words, ...(form && { form: byImportance(found, about, form) }) };
};

export const trialSteps: Implementation<'trial.steps'> = async ({ state, signal }, { file, trial, row = null }) => {
  const found = studyOf(state, file);
  const { words, experiment, data, modelFolder } = subjectOf(found, looked(found, trial, file));
  const job = { kind: 'steps', data, modelFolder, seed: experiment.search.seed, row } as const;
  const { answer } = await analysing(state.pool.run<'steps'>(job, { signal }));
  return { ...answer, model: words };
};

/** Promises are made of what a trial's folds predicted: a final model's are those of the fold that is looked into. */
function promisesFolderOf({ store, study }: StudyInStore, about: About): string | null {
  const folder = about === 'ensemble' ? store.ensembleFolder(study.id) : store.modelFolder(study.id, about, 'final');
  return existsSync(folder) ? folder : null;
}

/** Those first that were found to matter most; as they are where that was not measured. */
function byImportance({ store, study }: StudyInStore, about: About, columns: readonly FormColumn[]): WhatIf['form'] {
  const measured = store.analyses
    .of(study.id, about)
    .findLast((result): result is PermutationImportance => result.kind === 'permutation-importance');
  if (!measured) return { columns, byImportance: false };
  const importance = new Map(
    measured.columns.flatMap((one) => one.columns.map((name) => [name, one.importance] as const)),
  );
  const of = ({ name }: FormColumn) => importance.get(name) ?? 0;
  return { columns: columns.toSorted((a, b) => of(b) - of(a)), byImportance: true };
}
