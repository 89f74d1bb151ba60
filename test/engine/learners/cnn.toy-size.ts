import type { ToySize } from './conformance/toy-size.ts';

/** As for every network few epochs, and few rows: pictures show on some what they show on many. */
export const cnnToySize: ToySize = { resource: 6, telling: 300, long: { rows: 240, resource: 20 }, weighing: 12 };
