import type { ColumnInfo } from '../shared/dataset.ts';
import type { LearnerEntry } from '../shared/operations/operations.ts';
import type { Task } from '../shared/task.ts';

/** As much of a column as is known; what `data.inspect` answers will do. */
export type KnownColumn = Pick<ColumnInfo, 'name'> & Partial<Omit<ColumnInfo, 'name' | 'role'>>;

/** Columns of a file, or why it could not be read. */
export type KnownData = readonly KnownColumn[] | { readonly missing: string };

/** What the file's world looks like; everything is optional, and what is absent is not checked. */
export interface ProviderContext {
  /** Of the file at `data.path`. */
  readonly columns?: KnownData;
  readonly rowCount?: number;
  /** Of the file at `data.split.test`, where that is a file. */
  readonly testColumns?: KnownData;
  /** Data files near the experiment file, relative to it; for completion. */
  readonly dataFiles?: readonly string[];
  /** As the engine inferred it; used where the file does not say. */
  readonly task?: Task;
  /** What `engine.catalog` answers. */
  readonly catalog?: readonly LearnerEntry[];
  /** False where another extension already checks the file against its JSON Schema. */
  readonly schemaChecks?: boolean;
}

export const columnsOf = (data: KnownData | undefined): readonly KnownColumn[] | undefined =>
  data && 'missing' in data ? undefined : data;
