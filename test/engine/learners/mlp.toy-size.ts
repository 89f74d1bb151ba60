import type { ToySize } from './conformance/toy-size.ts';

/** What is not about accuracy is as true of a network after a few epochs, at a tenth of the time. */
export const mlpToySize: ToySize = { resource: 6, telling: 560, long: { rows: 2000, resource: 20 }, weighing: 30 };
