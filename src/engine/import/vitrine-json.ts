import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../shared/faults.ts';
import type { Space } from '../../shared/space.ts';
import type { Trial } from '../../shared/trial.ts';
import { checkSpace } from '../space/validation.ts';
import { parsePythonJson } from './python-json.ts';
import { damaged, type ImportedStudy, type StudyImporter } from './study-importer.ts';

export const documentVersion = 1;

/** A study as `vitrine trials FILE -o OUT.json` writes it: everything that the search knows, none of the models. */
export interface StudyDocument extends ImportedStudy {
  readonly kind: 'vitrine-study';
  readonly version: typeof documentVersion;
}

/** Key order is the order in the file. */
export const studyDocument = (study: ImportedStudy): StudyDocument => ({
  kind: 'vitrine-study',
  version: documentVersion,
  ...study,
});

/** Reads back what `studyDocument` made, trial for trial the same. */
export const vitrineJson: StudyImporter = {
  name: 'vitrine',
  title: 'Vitrine',
  recognises: ({ text }) => /^\s*\{\s*"kind":\s*"vitrine-study"/.test(text),
  read: async (path) => {
    const json = parsePythonJson(await readFile(path, 'utf8'), path);
    const version = header.safeParse(json).data?.version;
    if (version !== undefined && version > documentVersion) throw newer(path, version);
    const read = document.safeParse(json);
    if (!read.success) throw damaged(path, `the study is not whole: ${firstIssue(read.error)}.`);
    const { kind: _kind, version: _version, ...study } = read.data;
    const gap = study.trials.findIndex(({ number }, index) => number !== index);
    if (gap >= 0) throw damaged(path, `trials must be numbered from 0 without gaps; number ${gap} is missing.`);
    return [{ ...study, space: checkSpace(study.space.parameters, study.space.forbidden) }];
  },
};

const newer = (file: string, version: number) =>
  new UserError('import-version', `a newer Vitrine wrote it (version ${version}, this one knows ${documentVersion}).`, {
    place: { file },
    advice: 'Update Vitrine; the file was not touched.',
  });

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue.path.join('.') || 'the file'}: ${issue.message}`;
}

const header = z.object({ version: z.number() });

const direction = z.enum(['minimize', 'maximize']);
const states = ['waiting', 'running', 'complete', 'pruned', 'failed'] as const;
/** An infinite one too. */
const number = z.custom<number>((given) => typeof given === 'number');
const value = z.union([number, z.string(), z.boolean()]);
const params = z.record(z.string(), value);

const trial: z.ZodType<Trial> = z.object({
  number: z.int().min(0),
  state: z.enum(states),
  params,
  why: z.custom<Trial['why']>(
    (given) => z.object({ sampler: z.string(), words: z.string(), phase: z.string() }).safeParse(given).success,
  ),
  values: z.array(number).optional(),
  constraints: z.array(number).optional(),
  intermediate: z.array(z.object({ step: z.number(), value: number })),
  fidelity: z.number().optional(),
  continues: z.int().optional(),
  stopped: z
    .custom<Trial['stopped']>(
      (given) => given === undefined || (typeof given === 'object' && given !== null && 'words' in given),
    )
    .optional(),
  message: z.string().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  attributes: params,
});

const document = z.object({
  kind: z.literal('vitrine-study'),
  version: z.literal(documentVersion),
  name: z.string(),
  space: z.custom<Space>(
    (given) => typeof given === 'object' && given !== null && 'parameters' in given && Array.isArray(given.parameters),
  ),
  objectives: z.array(z.object({ metric: z.string(), direction })).min(1),
  trials: z.array(trial),
  search: z.string(),
  notes: z.array(z.string()),
});
