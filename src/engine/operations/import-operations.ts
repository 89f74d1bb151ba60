import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import { addressPath, addressWishes } from '../../shared/study-address.ts';
import { writeAtomically } from '../data/atomic-file.ts';
import { keepStudy } from '../import/keep-study.ts';
import { chooseStudy, readStudies } from '../import/read-studies.ts';
import { studyCsv } from '../import/study-csv.ts';
import type { ImportedStudy } from '../import/study-importer.ts';
import { studyDocument } from '../import/vitrine-json.ts';
import { writeFault } from '../models/bundle.ts';
import { numberedText } from '../store/trial-text.ts';
import { type StudyInStore, studyOf } from './context.ts';
import type { Implementation } from './implementation.ts';

export const studyInspect: Implementation<'study.inspect'> = async ({ signal }, { path: address, format }) => {
  const { importer, studies } = await readStudies(addressPath(address), addressWishes(address), signal, format);
  return {
    program: importer.title,
    format: importer.name,
    studies: studies.map(({ name, trials, objectives }) => ({
      name,
      trials: trials.length,
      objectives: objectives.map(({ metric }) => metric),
    })),
  };
};

/** Kept under the name of the file itself, whichever study of it was chosen: the one that the path means from then on. */
export const studyImport: Implementation<'study.import'> = async ({ state, signal }, { path: address, format }) => {
  const path = addressPath(address);
  const wishes = addressWishes(address);
  const { importer, studies } = await readStudies(path, wishes, signal, format);
  const study = chooseStudy(studies, wishes, path);
  const kept = `Copied on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC: what ${basename(path)} says later is not in it.`;
  const notes = [...study.notes, kept];
  keepStudy(state.storeOf(path), basename(path), { ...study, notes }, { program: importer.title, path });
  return { file: path, program: importer.title, name: study.name, trials: study.trials.length, notes };
};

export const studyExport: Implementation<'study.export'> = async ({ state }, { file, output, format }) => {
  const study = exportedStudy(studyOf(state, file));
  const isCsv = (format ?? (/\.csv$/i.test(output) ? 'csv' : 'json')) === 'csv';
  const text = isCsv ? studyCsv(study) : `${numberedText(studyDocument(study), 1)}\n`;
  try {
    await mkdir(dirname(output), { recursive: true });
    await writeAtomically(output, (opened) => opened.writeFile(text));
  } catch (error) {
    throw error instanceof UserError ? error : writeFault(error, output);
  }
  return { path: output, trials: study.trials.length, bytes: Buffer.byteLength(text) };
};

const exportedStudy = ({ store, study }: StudyInStore): ImportedStudy => ({
  name: study.experiment.name,
  space: study.space,
  objectives: study.objectives,
  trials: store.trials.all(study.id).map(({ trial }) => trial),
  search: study.search,
  notes: study.notes,
});
