import type { DatasetInfo } from '../../shared/dataset.ts';
import { allLearners } from '../run/learners.ts';
import { version } from '../version.ts';
import type { Implementation } from './implementation.ts';

export const engineStatus: Implementation<'engine.status'> = async ({ state }) => ({
  version,
  pid: process.pid,
  node: process.version,
  running: state.running,
});

/** Spaces may depend on the data; the catalog shows them for a table of ordinary size. */
const ordinaryData = (task: DatasetInfo['task']): DatasetInfo => ({
  path: '',
  rowCount: 1_000,
  columns: [],
  target: '',
  task,
  ...(task !== 'regression' && { classes: task === 'binary' ? ['0', '1'] : ['0', '1', '2'] }),
  hash: '',
  notes: [],
});

export const engineCatalog: Implementation<'engine.catalog'> = async () => ({
  learners: (await allLearners()).map(({ name, title, tags, space, optional, defaults }) => {
    const info = ordinaryData(tags.tasks[0]);
    return {
      name,
      title,
      tasks: tags.tasks,
      space: space(info),
      optional: optional?.(info) ?? [],
      defaults: defaults(info),
    };
  }),
});
