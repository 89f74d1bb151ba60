import { listWords } from '../../shared/results/numbers.ts';
import type { Result } from '../../shared/results/result.ts';
import type { ExplainedModel, Explainer, ExplainOptions } from './explainer.ts';

type Demands = Pick<Explainer<ExplainOptions, Result>, 'needs' | 'reads' | 'unsuited'>;

/** Why a technique has nothing to say of a model, a sentence or two; undefined where it suits. */
export function unsuitedWords({ needs, reads, unsuited }: Demands, model: ExplainedModel): string | undefined {
  if (needs && !model.info.columns.some(({ type, role }) => type === needs && role === 'feature'))
    return `there is no column of ${needs}s: local-surrogate and kernel-shap tell the same of columns of other types.`;
  const unit = model.facts.reading?.unit;
  if (reads && (unit === undefined || !reads.includes(unit))) {
    const own = unit === undefined ? 'cannot be followed by a person' : `is read by its ${unit}`;
    return `${model.learner} ${own}: only models that are read by their ${listWords(reads)} have this.`;
  }
  return unsuited?.(model);
}
