import { toldCohortWords } from '../cohort/cohort-words.ts';
import { additiveTermsWords } from './additive-terms.ts';
import { anchorsWords } from './anchors.ts';
import { contrastWords } from './contrast.ts';
import { counterfactualsWords } from './counterfactuals.ts';
import { decisionsWords } from './decisions.ts';
import { effectsWords } from './effects.ts';
import { type EnergyReport, energyReportWords } from './energy.ts';
import { examplesWords } from './examples.ts';
import type { Explanation } from './explanation.ts';
import { explanationQualityWords } from './explanation-quality.ts';
import { fairnessWords } from './fairness.ts';
import { functionalAnovaWords } from './functional-anova.ts';
import { gradCamWords } from './grad-cam.ts';
import { imageSurrogateWords } from './image-surrogate.ts';
import { influenceWords } from './influence.ts';
import { integratedGradientsWords } from './integrated-gradients.ts';
import { interactionsWords } from './interactions.ts';
import { kernelShapWords } from './kernel-shap.ts';
import { localSurrogateWords } from './local-surrogate.ts';
import { membersWords } from './members.ts';
import { modelReadingWords } from './model-reading.ts';
import { nearMissesWords } from './near-misses.ts';
import { occlusionWords } from './occlusion.ts';
import { permutationImportanceWords } from './permutation-importance.ts';
import { prototypesWords } from './prototypes.ts';
import type { Result } from './result.ts';
import { type RobustnessReport, robustnessWords } from './robustness.ts';
import { sageWords } from './sage.ts';
import { shapSummaryWords } from './shap-summary.ts';
import { slicesWords } from './slices.ts';
import { surrogateTreeWords } from './surrogate-tree.ts';
import { textSurrogateWords } from './text-surrogate.ts';
import { treeShapWords } from './tree-shap.ts';
import { trustScoreWords } from './trust-score.ts';

/** Every result that an analysis leaves. */
export type AnyResult = Explanation | RobustnessReport | EnergyReport;

/** One kind of result in plain language, by its kind. */
export const wordsByKind: { readonly [K in AnyResult['kind']]: (result: Extract<AnyResult, { kind: K }>) => string } = {
  'additive-terms': additiveTermsWords,
  'model-reading': modelReadingWords,
  'surrogate-tree': surrogateTreeWords,
  'permutation-importance': permutationImportanceWords,
  members: membersWords,
  slices: slicesWords,
  fairness: fairnessWords,
  decisions: decisionsWords,
  'shap-summary': shapSummaryWords,
  sage: sageWords,
  effects: effectsWords,
  interactions: interactionsWords,
  'functional-anova': functionalAnovaWords,
  prototypes: prototypesWords,
  'trust-score': trustScoreWords,
  'near-misses': nearMissesWords,
  'tree-shap': treeShapWords,
  'kernel-shap': kernelShapWords,
  'integrated-gradients': integratedGradientsWords,
  'local-surrogate': localSurrogateWords,
  'text-surrogate': textSurrogateWords,
  'image-surrogate': imageSurrogateWords,
  occlusion: occlusionWords,
  'grad-cam': gradCamWords,
  'explanation-quality': explanationQualityWords,
  anchors: anchorsWords,
  counterfactuals: counterfactualsWords,
  contrast: contrastWords,
  examples: examplesWords,
  influence: influenceWords,
  robustness: robustnessWords,
  energy: energyReportWords,
};

/** A result in plain language: for the command, the report, screen readers and language models. Throws a RangeError on an unknown kind. */
export function resultWords(result: Result | EnergyReport): string {
  if (!(result.kind in wordsByKind)) throw new RangeError(`no words for a result of kind "${result.kind}"`);
  const words = wordsByKind[result.kind as AnyResult['kind']] as (result: AnyResult) => string;
  const said = words(result as AnyResult);
  return 'cohort' in result && result.cohort ? `${toldCohortWords(result.cohort)}\n${said}` : said;
}
