import type { TestEvent } from 'node:test/reporters';
import type { Counts } from './counts.ts';

/** A node:test reporter whose whole output is the counts of the run as one line of JSON. */
export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    // Each file has a summary of its own; the one without a file is the whole run's.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { passed, tests, skipped, todo } = event.data.counts;
    const left = skipped + todo;
    const counts: Counts = { passed, failed: tests - passed - left, skipped: left };
    yield `${JSON.stringify(counts)}\n`;
  }
}
