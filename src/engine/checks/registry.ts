import { adversarialValidation } from './adversarial-validation.ts';
import { columnDrift } from './column-drift.ts';
import { conflictingLabels } from './conflicting-labels.ts';
import { constantColumns } from './constant-columns.ts';
import type { DataCheck } from './data-check.ts';
import { duplicates } from './duplicates.ts';
import { groupLeakage } from './group-leakage.ts';
import { highCardinality } from './high-cardinality.ts';
import { identifiers } from './identifiers.ts';
import { imbalance } from './imbalance.ts';
import { informativeMissing } from './informative-missing.ts';
import { labelErrors } from './label-errors.ts';
import { littleToLearn } from './little-to-learn.ts';
import { missingValues } from './missing-values.ts';
import { mixedTypes } from './mixed-types.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { outliers } from './outliers.ts';
import { rowOrder } from './row-order.ts';
import { scoreDrop } from './score-drop.ts';
import { sharedRows } from './shared-rows.ts';
import { skewedColumns } from './skew.ts';
import { smallTestPart } from './small-test-part.ts';
import { targetLeak } from './target-leak.ts';
import { timeLeakage } from './time-leakage.ts';

/** Every data check: those that a pass over the columns answers first. */
export const dataChecks: readonly DataCheck[] = [
  targetLeak,
  informativeMissing,
  identifiers,
  sharedRows,
  duplicates,
  conflictingLabels,
  columnDrift,
  timeLeakage,
  smallTestPart,
  imbalance,
  constantColumns,
  missingValues,
  mixedTypes,
  highCardinality,
  skewedColumns,
  groupLeakage,
  nearDuplicates,
  outliers,
  rowOrder,
  adversarialValidation,
  labelErrors,
  scoreDrop,
  littleToLearn,
];
