import type { HyperparameterImportance } from './hyperparameter-importance.ts';
import type { SearchCalibration } from './search-calibration.ts';
import type { SearchEffort } from './search-effort.ts';
import type { SearchFootprint } from './search-footprint.ts';
import type { SearchOutlook } from './search-outlook.ts';
import type { SearchReplay } from './search-replay.ts';
import type { SearchWhy } from './search-why.ts';

/** What the search says of itself from its record alone; costs next to nothing. */
export interface SearchRecord {
  readonly kind: 'search-record';
  /** The sampler and pruner in use and why. */
  readonly search: string;
  readonly calibration: SearchCalibration;
  readonly effort: SearchEffort;
  readonly replay: SearchReplay;
}

/** 'Why the search went this way': the report's section. What could not be computed is null, and `missing` says why. */
export interface SearchReport {
  readonly record: SearchRecord;
  readonly importance: HyperparameterImportance | null;
  readonly footprint: SearchFootprint | null;
  readonly outlook: SearchOutlook | null;
  /** One for each trial that the report shows whole. */
  readonly why: readonly SearchWhy[];
  readonly missing: readonly string[];
}
