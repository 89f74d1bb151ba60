/** A training run as papers report it (Strubell et al. 2019, section 3). */
export interface ReportedTraining {
  readonly hours: number;
  readonly cpuWatts: number;
  readonly memoryWatts: number;
  readonly gpuWatts: number;
  readonly gpus: number;
  /** Power usage effectiveness; 1.58 in the paper. */
  readonly pue: number;
}

/** Kilowatt-hours: `PUE t (p_c + p_r + g p_g) / 1000` (Strubell et al. 2019, equation 1). */
export const trainingKilowattHours = (run: ReportedTraining): number =>
  (run.pue * run.hours * (run.cpuWatts + run.memoryWatts + run.gpus * run.gpuWatts)) / 1000;

/** Grams of CO2e: 0.954 pounds a kilowatt-hour, the United States in 2018 (Strubell et al. 2019, equation 2). */
export const trainingCo2Grams = (kilowattHours: number): number => 0.954 * 453.59237 * kilowattHours;
