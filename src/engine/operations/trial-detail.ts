import type { AdditiveTerms } from '../../shared/results/additive-terms.ts';
import type { Examples } from '../../shared/results/examples.ts';
import type { LocalSurrogate } from '../../shared/results/local-surrogate.ts';
import type { ModelReading } from '../../shared/results/model-reading.ts';
import type { PermutationImportance } from '../../shared/results/permutation-importance.ts';
import type { Result } from '../../shared/results/result.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import type { TrialDetail } from '../../shared/results/study.ts';
import { isImported, type StoredTrial } from '../store/records.ts';
import type { StudyInStore } from './context.ts';
import { bestTrial } from './ranking.ts';
import { trialRecord } from './trial-record.ts';

/** One trial with every analysis done so far. */
export function trialDetail(file: string, { store, study }: StudyInStore, stored: StoredTrial): TrialDetail {
  const analyses = store.analyses.of(study.id, stored.trial.number);
  const best = bestTrial(store.trials.all(study.id), study.objectives);
  return {
    file,
    trial: trialRecord(study, stored),
    objectives: study.objectives,
    isBest: best?.trial.number === stored.trial.number,
    hasModel: !isImported(study.experiment) && !study.experiment.script,
    terms: ofKind<AdditiveTerms>(analyses, 'additive-terms')[0] ?? null,
    reading: ofKind<ModelReading>(analyses, 'model-reading')[0] ?? null,
    importance: ofKind<PermutationImportance>(analyses, 'permutation-importance')[0] ?? null,
    surrogates: ofKind<LocalSurrogate>(analyses, 'local-surrogate'),
    examples: ofKind<Examples>(analyses, 'examples'),
    robustness: ofKind<RobustnessReport>(analyses, 'robustness')[0] ?? null,
  };
}

const ofKind = <R extends Result>(results: readonly Result[], kind: R['kind']): R[] =>
  results.filter((result): result is R => result.kind === kind);
