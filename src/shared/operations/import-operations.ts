import { z } from 'zod';
import { operation } from './operation.ts';

const format = z.string().optional().describe("Name of the format, 'optuna' or 'csv'; default: by the file's content.");

/** What is in a file of studies, without the trials. */
export interface StudyContents {
  /** 'Optuna' */
  readonly program: string;
  readonly format: string;
  readonly studies: readonly {
    readonly name: string;
    readonly trials: number;
    readonly objectives: readonly string[];
  }[];
}

export interface ImportedFile {
  /** Absolute path; every operation takes it for its `file` from now on. */
  readonly file: string;
  readonly program: string;
  readonly name: string;
  readonly trials: number;
  readonly notes: readonly string[];
}

/** Studies of other programs, in and out. A file of such a study may also stand where other operations take an experiment file: it is read. */
export const importOperations = {
  'study.inspect': operation<StudyContents>()({
    name: 'study.inspect',
    title: 'Inspect studies',
    cost: 'costly',
    readOnly: true,
    words: 'Which studies a file of another program holds; fails where it is none that can be read.',
    input: z.strictObject({
      path: z.string().describe('Absolute path or address (`runs.csv#value=loss`) of the file.'),
      format,
    }),
  }),
  'study.import': operation<ImportedFile>()({
    name: 'study.import',
    title: 'Import study',
    cost: 'costly',
    readOnly: false,
    words: 'Copies the study of another program into the store beside its file, where it stays as it was read.',
    input: z.strictObject({
      path: z.string().describe('Absolute path or address (`runs.db#study=second`) of the file.'),
      format,
    }),
  }),
  'study.export': operation<{ path: string; trials: number; bytes: number }>()({
    name: 'study.export',
    title: 'Export study',
    cost: 'costly',
    readOnly: false,
    words: 'Writes every trial with its values, parameters and reasons, as JSON that can be imported again or as CSV.',
    input: z.strictObject({
      file: z.string().describe('Absolute path of the experiment file, or address of a study.'),
      output: z.string(),
      format: z
        .enum(['json', 'csv'])
        .optional()
        .describe("Default: by the output's name; JSON where it does not tell."),
    }),
  }),
} as const;
