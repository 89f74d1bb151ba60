import { open, stat } from 'node:fs/promises';
import { UserError } from '../../shared/faults.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import type { ImportWishes } from '../../shared/study-address.ts';
import { importers } from './registry.ts';
import { type FileHead, headBytes, type ImportedStudy, type StudyImporter } from './study-importer.ts';

export interface ReadStudies {
  readonly importer: StudyImporter;
  readonly studies: readonly ImportedStudy[];
}

/**
 * Every study in a file, whatever wrote it. Throws a UserError with the file: `import-missing`, `import-unreadable`, `import-empty` (no bytes,
 * or no study), `import-unknown` where it is none that Vitrine can read, and those of the importers.
 * @param format the name of an importer, where a person knows better
 */
export async function readStudies(
  path: string,
  wishes: ImportWishes,
  signal: AbortSignal,
  format?: string,
): Promise<ReadStudies> {
  const head = await headOf(path);
  const importer = importers.find((each) => (format === undefined ? each.recognises(head) : each.name === format));
  if (!importer) throw unknown(head);
  const studies = await importer.read(path, wishes, signal);
  if (studies.length > 0) return { importer, studies };
  throw new UserError('import-empty', 'it holds no study.', {
    place: { file: path },
    advice: 'Nothing was ever begun in it.',
  });
}

/** The study that is meant: the one of that name, or the only one. Throws a UserError `import-study` that lists them all. */
export function chooseStudy(studies: readonly ImportedStudy[], { study }: ImportWishes, file: string): ImportedStudy {
  const chosen =
    study === undefined ? (studies.length === 1 ? studies[0] : undefined) : studies.find(({ name }) => name === study);
  if (chosen) return chosen;
  const all = studies.map(({ name, trials }) => `"${name}" (${countWords(trials.length, 'trial')})`);
  const message = study === undefined ? `it holds ${studies.length} studies.` : `it holds no study "${study}".`;
  throw new UserError('import-study', message, {
    place: { file },
    advice: `Say which: vitrine import FILE --study NAME, or FILE#study=NAME for the file. There ${studies.length === 1 ? 'is' : 'are'} ${listWords(all)}.`,
  });
}

async function headOf(path: string): Promise<FileHead> {
  try {
    if ((await stat(path)).isDirectory()) return { path, bytes: new Uint8Array(), text: '' };
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const bytes = buffer.subarray(0, bytesRead);
      if (bytesRead === 0)
        throw new UserError('import-empty', 'the file is empty.', {
          place: { file: path },
          advice: 'Copy it again from where it was written.',
        });
      return { path, bytes, text: bytes.toString('utf8') };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(path, error);
  }
}

function unreadable(file: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new UserError('import-missing', 'there is no such file.', {
      place: { file },
      advice: 'Check the path.',
      cause,
    });
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UserError('import-unreadable', `the file cannot be read: ${why}.`, {
    place: { file },
    advice: 'Check its permissions.',
    cause,
  });
}

/** How common files that are no studies begin; the first sign of a PNG is no UTF-8. */
const beginnings: Readonly<Record<string, string>> = {
  '\uFFFDPNG': 'a PNG picture',
  '%PDF': 'a PDF document',
  'PK\u0003\u0004': 'a ZIP archive',
  GIF8: 'a GIF picture',
};

function unknown({ path, text }: FileHead): UserError {
  const seems = Object.entries(beginnings).find(([beginning]) => text.startsWith(beginning))?.[1];
  return new UserError('import-unknown', `this is no study that Vitrine can read${seems ? `: it is ${seems}` : ''}.`, {
    place: { file: path },
    advice:
      "It reads Optuna's SQLite and journal files, SMAC's runhistory.json, HpBandSter's results.json, the folder of a Ray Tune experiment, CSV tables of trials and its own JSON.",
  });
}
