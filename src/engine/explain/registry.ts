import { additiveTerms } from './additive-terms.ts';
import { anchors } from './anchors.ts';
import { contrast } from './contrast.ts';
import { counterfactuals } from './counterfactuals.ts';
import { decisions } from './decisions.ts';
import { effects } from './effects.ts';
import { examples } from './examples.ts';
import { explanationQuality } from './explanation-quality.ts';
import { fairness } from './fairness.ts';
import { functionalAnova } from './functional-anova.ts';
import { gradCam } from './grad-cam.ts';
import { imageSurrogate } from './image-surrogate.ts';
import { influence } from './influence.ts';
import { integratedGradients } from './integrated-gradients.ts';
import { interactions } from './interactions.ts';
import { kernelShap } from './kernel-shap.ts';
import { localSurrogate } from './local-surrogate.ts';
import { members } from './members.ts';
import { modelReading } from './model-reading.ts';
import { nearMisses } from './near-misses.ts';
import { occlusion } from './occlusion.ts';
import { permutationImportance } from './permutation-importance.ts';
import { prototypeRows } from './prototypes.ts';
import { sage } from './sage.ts';
import { shapSummary } from './shap-summary.ts';
import { slices } from './slices.ts';
import { surrogateTree } from './surrogate-tree.ts';
import { textSurrogate } from './text-surrogate.ts';
import { treeShap } from './tree-shap.ts';
import { trustScore } from './trust-score.ts';

/** Every explanation technique; operations, tests and views follow from this list. */
export const explainers = [
  additiveTerms,
  modelReading,
  surrogateTree,
  permutationImportance,
  members,
  slices,
  fairness,
  decisions,
  shapSummary,
  sage,
  effects,
  interactions,
  functionalAnova,
  prototypeRows,
  trustScore,
  nearMisses,
  treeShap,
  kernelShap,
  integratedGradients,
  localSurrogate,
  textSurrogate,
  imageSurrogate,
  occlusion,
  gradCam,
  explanationQuality,
  anchors,
  counterfactuals,
  contrast,
  examples,
  influence,
] as const;
