import { additiveTerms } from './additive-terms.ts';
import { examples } from './examples.ts';
import { kernelShap } from './kernel-shap.ts';
import { localSurrogate } from './local-surrogate.ts';
import { modelReading } from './model-reading.ts';
import { permutationImportance } from './permutation-importance.ts';
import { sage } from './sage.ts';
import { shapSummary } from './shap-summary.ts';
import { treeShap } from './tree-shap.ts';

/** Every explanation technique; operations, tests and views follow from this list. */
export const explainers = [
  additiveTerms,
  modelReading,
  permutationImportance,
  shapSummary,
  sage,
  treeShap,
  kernelShap,
  localSurrogate,
  examples,
] as const;
