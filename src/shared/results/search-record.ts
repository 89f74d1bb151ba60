import { type HyperparameterImportance, hyperparameterImportanceWords } from './hyperparameter-importance.ts';
import type { Paragraph } from './paragraph.ts';
import { type SearchCalibration, searchCalibrationWords } from './search-calibration.ts';
import { type SearchEffort, searchEffortWords } from './search-effort.ts';
import { type SearchFootprint, searchFootprintWords } from './search-footprint.ts';
import { type SearchOutlook, searchOutlookWords } from './search-outlook.ts';
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

/** The report's section in paragraphs; what could not be computed says why. */
export function searchReportWords({
  record,
  importance,
  footprint,
  outlook,
  missing,
}: SearchReport): readonly Paragraph[] {
  return [
    { title: 'Where the trials went', words: searchEffortWords(record.effort) },
    { title: 'Whether its predictions held', words: searchCalibrationWords(record.calibration) },
    ...(importance
      ? [{ title: 'Which hyperparameters matter', words: hyperparameterImportanceWords(importance) }]
      : []),
    ...(footprint ? [{ title: 'How much of the space was seen', words: searchFootprintWords(footprint) }] : []),
    ...(outlook ? [{ title: 'May I stop?', words: searchOutlookWords(outlook) }] : []),
    ...(missing.length > 0 ? [{ title: 'Not computed', words: missing.join(' ') }] : []),
  ];
}
