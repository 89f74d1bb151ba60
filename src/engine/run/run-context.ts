import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { Store } from '../store/store.ts';
import type { Pool } from './pool.ts';
import type { PreparedStudy } from './prepare-study.ts';
import type { StudyMeter } from './study-meter.ts';
import type { TimePlan } from './time-plan.ts';

/** What the parts of a run share. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly store: Store;
  readonly prepared: PreparedStudy;
  readonly pool: Pool;
  readonly meter: StudyMeter;
  /** What fits in the time budget; null where time does not limit the run. */
  readonly plan: TimePlan | null;
  /** Aborted when the run is stopped, with why: its search ends. */
  readonly stop: AbortSignal;
  /** Aborted when what a stopped run still makes takes too long or is skipped, with which of them. */
  readonly cut: AbortSignal;
}
