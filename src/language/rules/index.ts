import type { Rule } from '../rule.ts';
import { bounds } from './bounds.ts';
import { columnRoles } from './column-roles.ts';
import { conditions } from './conditions.ts';
import { currency } from './currency.ts';
import { dataMissing } from './data-missing.ts';
import { emptyFile } from './empty-file.ts';
import { fairness } from './fairness.ts';
import { hyperparameters } from './hyperparameters.ts';
import { learners } from './learners.ts';
import { objectives } from './objectives.ts';
import { quantities } from './quantities.ts';
import { repeatedItems } from './repeated-items.ts';
import { script } from './script.ts';
import { split } from './split.ts';
import { structure } from './structure.ts';
import { target } from './target.ts';
import { unknownColumn } from './unknown-column.ts';
import { yamlSyntax } from './yaml-syntax.ts';

/** Every check of an experiment file. A new one is a file here and a line below. */
export const rules: readonly Rule[] = [
  yamlSyntax,
  emptyFile,
  structure,
  script,
  quantities,
  currency,
  dataMissing,
  unknownColumn,
  columnRoles,
  target,
  objectives,
  fairness,
  learners,
  split,
  bounds,
  hyperparameters,
  conditions,
  repeatedItems,
];
