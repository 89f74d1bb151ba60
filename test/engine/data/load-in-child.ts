import { loadDataset } from '../../../src/engine/data/load-dataset.ts';

/** node load-in-child.ts PATH TARGET: loads a table and prints what it took, as JSON. */
const [path, target] = process.argv.slice(2);
const start = performance.now();
const data = await loadDataset({ path, target }, new AbortController().signal);
console.log(
  JSON.stringify({
    rows: data.info.rowCount,
    columns: data.info.columns.length,
    seconds: (performance.now() - start) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
