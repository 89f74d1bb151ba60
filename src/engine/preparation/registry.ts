import type { Step } from './step.ts';
import { dates } from './steps/dates.ts';

/** Every step, in the order in which they are taken; the conformance suite runs over them. */
export const steps: readonly Step<unknown>[] = [dates];
