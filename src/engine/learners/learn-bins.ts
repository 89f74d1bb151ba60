import { type BinEncoder, type BinnedRows, type BinOptions, fitBinEncoderPaced } from '../data/encoders/bin-encoder.ts';
import type { Table } from '../data/table.ts';
import type { Pace } from './pace.ts';

/**
 * Learns the bins of training rows and puts the rows into them. Of a million rows that takes seconds: messages are heard after every
 * column and every block of rows, and the pace's signal stops it.
 */
export async function learnBins(
  features: Table,
  options: BinOptions,
  pace: Pace,
): Promise<{ readonly encoder: BinEncoder; readonly data: BinnedRows }> {
  const pause = (steps: number) => pace.after(steps);
  const encoder = await fitBinEncoderPaced(features, options, pause);
  return { encoder, data: await encoder.encodePaced(features, pause) };
}
