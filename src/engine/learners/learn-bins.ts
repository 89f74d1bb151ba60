import {
  type BinEncoder,
  type BinnedRows,
  type BinOptions,
  binningSteps,
  fitBinEncoderPaced,
} from '../data/encoders/bin-encoder.ts';
import type { Table } from '../data/table.ts';
import type { FitContext } from './learner.ts';
import type { Pace } from './pace.ts';

/** Fewer cells are in their bins within about a second, which nobody needs to hear of. */
const manyCells = 4e6;
/** Share of the work between two times that progress is told. */
const stride = 0.05;

/**
 * Learns the bins of training rows and puts the rows into them. Of a million rows that takes seconds: messages are heard after every
 * column and every block of rows, the pace's signal stops it, and how far it is is told.
 */
export async function learnBins(
  features: Table,
  options: BinOptions,
  pace: Pace,
  progress?: FitContext['progress'],
): Promise<{ readonly encoder: BinEncoder; readonly data: BinnedRows }> {
  const cells = features.rowCount * features.columns.length;
  let done = 0;
  let next = 0;
  const pause = (steps: number) => {
    done += steps;
    const share = Math.min(1, done / (binningSteps * cells));
    if (cells >= manyCells && share >= next) {
      next = share + stride;
      progress?.(share);
    }
    return pace.after(steps);
  };
  const encoder = await fitBinEncoderPaced(features, options, pause);
  return { encoder, data: await encoder.encodePaced(features, pause) };
}
