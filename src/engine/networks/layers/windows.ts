/** 'same' pads with zeros until every stride has a window, 'valid' leaves out windows that would reach over the edge. */
export type Padding = 'same' | 'valid';

/** Windows of `size` that fit along an axis. Throws a RangeError where there is none. */
export function windows(length: number, size: number, stride: number, padding: Padding): number {
  const count = Math.ceil((padding === 'same' ? length : length - size + 1) / stride);
  if (count < 1) throw new RangeError(`a window of ${size} does not fit into ${length}`);
  return count;
}
