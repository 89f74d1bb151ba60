import type { Step } from './step.ts';
import { combinations } from './steps/combinations.ts';
import { components } from './steps/components.ts';
import { dates } from './steps/dates.ts';
import { encoding } from './steps/encoding.ts';
import { images } from './steps/images.ts';
import { imputation } from './steps/imputation.ts';
import { rareLevels } from './steps/rare-levels.ts';
import { scaling } from './steps/scaling.ts';
import { selection } from './steps/selection.ts';
import { texts } from './steps/texts.ts';

/** Every step, in the order in which they are taken; the conformance suite runs over them. */
export const steps: readonly Step<unknown>[] = [
  images,
  dates,
  texts,
  rareLevels,
  encoding,
  imputation,
  selection,
  combinations,
  scaling,
  components,
];
