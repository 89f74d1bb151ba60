import { type Task, tasks } from '../shared/task.ts';
import { besideFile } from './file-path.ts';
import type { Source } from './source.ts';
import { textAt, textsAt } from './texts.ts';

/** What can be told of an experiment while its file still has faults; enough to look at its data. */
export interface Draft {
  readonly name?: string;
  /** As written. */
  readonly dataPath?: string;
  readonly absoluteDataPath?: string;
  /** Absolute; only where the test part is a file. */
  readonly absoluteTestPath?: string;
  readonly target?: string;
  readonly task?: Task;
  readonly learners?: readonly string[];
}

/** @param file absolute path of the experiment file */
export function draftOf(source: Source, file: string): Draft {
  const dataPath = textAt(source, ['data', 'path'])?.text;
  const test = textAt(source, ['data', 'split', 'test'])?.text;
  const learners = textsAt(source, ['learners']).map(({ text }) => text);
  return {
    name: textAt(source, ['name'])?.text,
    dataPath,
    absoluteDataPath: dataPath && besideFile(file, dataPath),
    absoluteTestPath: test && test !== 'none' ? besideFile(file, test) : undefined,
    target: textAt(source, ['data', 'target'])?.text,
    task: tasks.find((task) => task === source.valueAt(['task'])),
    learners: learners.length > 0 ? learners : undefined,
  };
}
