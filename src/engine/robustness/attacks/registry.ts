import type { Attack } from '../attack.ts';
import { fgsm } from './fgsm.ts';
import { pgd } from './pgd.ts';
import { randomSearch } from './random-search.ts';

/** Every attack; the report runs those that suit the model, and the tests all of them. */
export const attacks: readonly Attack[] = [fgsm, pgd, randomSearch];
