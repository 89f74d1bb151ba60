import type { AdditiveTerms } from './additive-terms.ts';
import type { Anchors } from './anchors.ts';
import type { Contrast } from './contrast.ts';
import type { Counterfactuals } from './counterfactuals.ts';
import type { Decisions } from './decisions.ts';
import type { Effects } from './effects.ts';
import type { Examples } from './examples.ts';
import type { ExplanationQuality } from './explanation-quality.ts';
import type { Fairness } from './fairness.ts';
import type { FunctionalAnova } from './functional-anova.ts';
import type { GradCam } from './grad-cam.ts';
import type { ImageSurrogate } from './image-surrogate.ts';
import type { Influence } from './influence.ts';
import type { IntegratedGradients } from './integrated-gradients.ts';
import type { Interactions } from './interactions.ts';
import type { KernelShap } from './kernel-shap.ts';
import type { LocalSurrogate } from './local-surrogate.ts';
import type { Members } from './members.ts';
import type { ModelReading } from './model-reading.ts';
import type { NearMisses } from './near-misses.ts';
import type { Occlusion } from './occlusion.ts';
import type { PermutationImportance } from './permutation-importance.ts';
import type { Prototypes } from './prototypes.ts';
import type { Question } from './result.ts';
import type { Sage } from './sage.ts';
import type { ShapSummary } from './shap-summary.ts';
import type { Slices } from './slices.ts';
import type { SurrogateTree } from './surrogate-tree.ts';
import type { TechniqueOption } from './technique-option.ts';
import type { TextSurrogate } from './text-surrogate.ts';
import type { TreeShap } from './tree-shap.ts';
import type { TrustScore } from './trust-score.ts';

/** Every result that explains a model, in the order in which they are shown: of the whole model first, then of one row. */
interface ExplanationByKind {
  'additive-terms': AdditiveTerms;
  'model-reading': ModelReading;
  'surrogate-tree': SurrogateTree;
  'permutation-importance': PermutationImportance;
  members: Members;
  slices: Slices;
  fairness: Fairness;
  decisions: Decisions;
  'shap-summary': ShapSummary;
  sage: Sage;
  effects: Effects;
  interactions: Interactions;
  'functional-anova': FunctionalAnova;
  prototypes: Prototypes;
  'trust-score': TrustScore;
  'near-misses': NearMisses;
  'tree-shap': TreeShap;
  'kernel-shap': KernelShap;
  'integrated-gradients': IntegratedGradients;
  'local-surrogate': LocalSurrogate;
  'text-surrogate': TextSurrogate;
  'image-surrogate': ImageSurrogate;
  occlusion: Occlusion;
  'grad-cam': GradCam;
  'explanation-quality': ExplanationQuality;
  anchors: Anchors;
  counterfactuals: Counterfactuals;
  contrast: Contrast;
  examples: Examples;
  influence: Influence;
}
export type ExplanationKind = keyof ExplanationByKind;
export type Explanation = ExplanationByKind[ExplanationKind];

/** As `ExplanationByKind` has them; a test holds the engine's techniques to it. */
export const explanationKinds = [
  'additive-terms',
  'model-reading',
  'surrogate-tree',
  'permutation-importance',
  'members',
  'slices',
  'fairness',
  'decisions',
  'shap-summary',
  'sage',
  'effects',
  'interactions',
  'functional-anova',
  'prototypes',
  'trust-score',
  'near-misses',
  'tree-shap',
  'kernel-shap',
  'integrated-gradients',
  'local-surrogate',
  'text-surrogate',
  'image-surrogate',
  'occlusion',
  'grad-cam',
  'explanation-quality',
  'anchors',
  'counterfactuals',
  'contrast',
  'examples',
  'influence',
] as const satisfies readonly ExplanationKind[];

/** Something that can be asked of a model. */
export interface Technique {
  readonly kind: ExplanationKind;
  readonly title: string;
  readonly question: Question;
  readonly scope: 'model' | 'one row';
  /** What may be set. */
  readonly options: readonly TechniqueOption[];
  /** Why it has nothing to say of this model; absent: it can be asked. */
  readonly unsuited?: string;
}

/** The explanations of one kind, in the order in which they were made. */
export const explanationsOf = <K extends ExplanationKind>(
  all: readonly Explanation[],
  kind: K,
): readonly ExplanationByKind[K][] => all.filter((one): one is ExplanationByKind[K] => one.kind === kind);

/** The position of the row that an explanation is about; undefined where it is about the whole model. */
export const rowOf = (explanation: Explanation): number | undefined =>
  'rowIndex' in explanation ? explanation.rowIndex : undefined;
