import { additiveTerms } from './additive-terms.ts';
import { examples } from './examples.ts';
import { localSurrogate } from './local-surrogate.ts';
import { modelReading } from './model-reading.ts';
import { permutationImportance } from './permutation-importance.ts';

/** Every explanation technique; operations, tests and views follow from this list. */
export const explainers = [additiveTerms, modelReading, permutationImportance, localSurrogate, examples] as const;
