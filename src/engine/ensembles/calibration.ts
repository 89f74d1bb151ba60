import { logLoss } from '../metrics/classification.ts';
import { takePrediction } from '../models/predictor.ts';
import { applyBeta, type BetaMap, fitBeta } from './beta-calibration.ts';
import { foldsOf, inFold, notInFold } from './fold-rows.ts';
import { applyIsotonic, fitIsotonic, type IsotonicMap } from './isotonic.ts';
import { applyTemperature, fitTemperature, type TemperatureMap } from './temperature.ts';

/** What turns a model's probabilities into ones that come true as often as they say; plain JSON. */
export type CalibrationMap = TemperatureMap | BetaMap | IsotonicMap;
export type CalibrationMethod = CalibrationMap['kind'];

export interface Calibration {
  /** Absent where no map was better than none. */
  readonly map?: CalibrationMap;
  /** [rows x classes] each fold's rows as mapped by what the others say; the probabilities themselves where there is no map. */
  readonly crossFitted: Float64Array;
  /** Cross-fitted log loss of each method that was tried, and of none. */
  readonly losses: Readonly<Partial<Record<CalibrationMethod | 'none', number>>>;
}

interface Method {
  readonly kind: CalibrationMethod;
  /** Fewer rows than this make the map's own noise outweigh what it mends. */
  readonly leastRows: number;
  readonly suits: (classCount: number) => boolean;
  readonly fit: (probabilities: Float64Array, codes: Int32Array, classCount: number) => CalibrationMap;
}

/** From the simplest on, which wins where two are as good. */
const methods: readonly Method[] = [
  { kind: 'temperature', leastRows: 500, suits: () => true, fit: fitTemperature },
  { kind: 'beta', leastRows: 1000, suits: (classCount) => classCount === 2, fit: fitBeta },
  { kind: 'isotonic', leastRows: 2000, suits: () => true, fit: fitIsotonic },
];

/** Calibrated probabilities. [rows x classes] */
export function applyCalibration(map: CalibrationMap, probabilities: Float64Array, classCount: number): Float64Array {
  if (map.kind === 'temperature') return applyTemperature(map, probabilities, classCount);
  return map.kind === 'beta' ? applyBeta(map, probabilities) : applyIsotonic(map, probabilities, classCount);
}

/**
 * The map with the least log loss on rows that it was not fitted on: each fold's rows are mapped as the other folds' rows say. None, where
 * that is no better than to leave the probabilities as they are, or the rows are too few. The map that is returned is fitted on all rows.
 * @param probabilities [rows x classes] out-of-fold
 * @param foldOf [rows]
 */
export function calibrate(
  probabilities: Float64Array,
  codes: Int32Array,
  classCount: number,
  foldOf: ArrayLike<number>,
): Calibration {
  const none = logLoss(probabilities, codes, classCount);
  if (none === undefined || codes.length === 0) return { crossFitted: probabilities, losses: {} };
  const losses: Partial<Record<CalibrationMethod | 'none', number>> = { none };
  let best: { readonly method: Method; readonly mapped: Float64Array } | undefined;
  let least = none;
  for (const method of methods) {
    if (codes.length < method.leastRows || !method.suits(classCount) || foldsOf(foldOf).length < 2) continue;
    const mapped = crossFit(method, probabilities, codes, classCount, foldOf);
    const loss = logLoss(mapped, codes, classCount);
    if (loss === undefined) continue;
    losses[method.kind] = loss;
    if (loss < least) [best, least] = [{ method, mapped }, loss];
  }
  const map = best?.method.fit(probabilities, codes, classCount);
  return { map, crossFitted: best?.mapped ?? probabilities, losses };
}

function crossFit(
  method: Method,
  values: Float64Array,
  codes: Int32Array,
  classCount: number,
  foldOf: ArrayLike<number>,
): Float64Array {
  const mapped = new Float64Array(values.length);
  const ofRows = (rows: Uint32Array) => takePrediction({ kind: 'probabilities', classCount, values }, rows).values;
  for (const fold of foldsOf(foldOf)) {
    const [others, own] = [notInFold(foldOf, fold), inFold(foldOf, fold)];
    const map = method.fit(
      ofRows(others),
      Int32Array.from(others, (row) => codes[row]),
      classCount,
    );
    const applied = applyCalibration(map, ofRows(own), classCount);
    own.forEach((row, i) => {
      mapped.set(applied.subarray(i * classCount, (i + 1) * classCount), row * classCount);
    });
  }
  return mapped;
}
