import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/faults.ts';
import type { Store } from '../../store/store.ts';

/** What the program of a trial leaves stays there. */
export const scriptFolder = (store: Store, study: number, trial: number): string =>
  join(store.folder, 'scripts', `${study}-${trial}`);

interface ScriptTrial {
  readonly store: Store;
  readonly study: number;
  /** Absent: none has ended. */
  readonly trial?: number;
}

/** A script keeps its model to itself: why nothing looks into it, and how its program has it looked into all the same. */
export function scriptModel(file: string, { store, study, trial }: ScriptTrial): UserError {
  const left = trial === undefined ? [] : onnxIn(scriptFolder(store, study, trial));
  const open = (model: string) => `vitrine open ${model} --data DATA --target COLUMN`;
  return new UserError('script-model', "a script's model is not looked into by itself: it is its program's own.", {
    place: { file },
    advice:
      left.length > 0
        ? `Trial ${trial} left one as ONNX; this judges it, and has it explained and attacked as any other: ${left.map(open).join('; ')}.`
        : `Let the program write its model as ONNX into its trial's folder ({folder}, VITRINE_FOLDER): ${open('MODEL.onnx')} then judges it, and has it explained and attacked as any other.`,
  });
}

const onnxIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.onnx$/i.test(name))
        .sort()
        .map((name) => join(folder, name))
    : [];
