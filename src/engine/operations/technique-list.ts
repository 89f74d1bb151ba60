import type { DatasetInfo } from '../../shared/dataset.ts';
import { type ExplanationKind, explanationKinds, type Technique } from '../../shared/results/explanation.ts';
import type { Result } from '../../shared/results/result.ts';
import type { Explainer, ExplainOptions } from '../explain/explainer.ts';
import { explainers } from '../explain/registry.ts';
import { optionsIn } from '../explain/technique-options.ts';
import type { Implementation } from './implementation.ts';

type Told = Pick<Explainer<ExplainOptions, Result>, 'title' | 'question' | 'scope' | 'options'> & {
  readonly kind: ExplanationKind;
};

/** A technique as those see it who may ask for it: of known data, with the classes and columns that its options may name. */
export const techniqueOf = ({ kind, title, question, scope, options }: Told, info?: DatasetInfo): Technique => ({
  kind,
  title,
  question,
  scope,
  options: optionsIn(options).map((option) => {
    const names = option.of && info && namesOf(info)[option.of];
    return names ? { ...option, enum: names } : option;
  }),
});

const namesOf = (info: DatasetInfo) => ({
  class: info.classes,
  column: info.columns.filter(({ role }) => role === 'feature').map(({ name }) => name),
  'class or value': info.classes,
});

export const engineTechniques: Implementation<'engine.techniques'> = async () => ({
  techniques: explanationKinds.flatMap((kind) => {
    const found: Told | undefined = explainers.find((one) => one.kind === kind);
    return found ? [techniqueOf(found)] : [];
  }),
});
