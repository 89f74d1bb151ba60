import type { ImportanceMethod } from '../../../shared/results/hyperparameter-importance.ts';
import { ablation } from './ablation.ts';
import { fanova } from './fanova.ts';
import type { Importance } from './importance.ts';
import { local } from './local.ts';
import { pedAnova } from './ped-anova.ts';
import { tunability } from './tunability.ts';

/** Every way of saying which hyperparameters matter, by its name. */
export const importances: { readonly [M in ImportanceMethod]: Importance } = {
  fanova: fanova(),
  'ped-anova': pedAnova(),
  local: local(),
  tunability: tunability(),
  ablation,
};
