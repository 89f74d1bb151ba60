import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Reason } from '../../shared/trial.ts';
import { budgetNotes, inOrder, type Run } from './budgets.ts';
import { observedSpace, outsideNotes } from './imported-space.ts';
import { isNumber, isObject, type JsonLine, type JsonObject, parseJsonLines } from './python-json.ts';
import { siblingText } from './sibling-file.ts';
import { damaged, type StudyImporter } from './study-importer.ts';
import { importedTrial, unknownReason } from './trial-facts.ts';

/**
 * A run of BOHB, Hyperband or random search as HpBandSter's `json_result_logger` writes it: `results.json` and `configs.json` in one folder,
 * one JSON list a line (hpbandster/core/result.py). One trial a configuration and budget.
 */
export const hpbandster: StudyImporter = {
  name: 'hpbandster',
  title: 'HpBandSter',
  recognises: ({ path, text }) =>
    ['results.json', 'configs.json'].includes(basename(path)) && /^\s*\[\[\d+,\s*\d+,\s*\d+\],/.test(text),
  read: async (path) => {
    const files = { results: join(dirname(path), 'results.json'), configs: join(dirname(path), 'configs.json') };
    const results = parseJsonLines(await read(path, files.results), files.results);
    const configs = configurations(parseJsonLines(await read(path, files.configs), files.configs), files.configs);
    const runs = inOrder(results.map((line) => runOf(line, configs, files.results)));
    const trials = runs.map((run, number) => importedTrial(number, run, 1));
    const space = observedSpace(trials);
    return [
      {
        name: basename(dirname(path)),
        space,
        objectives: [{ metric: 'loss', direction: 'minimize' }],
        trials,
        search: 'Chosen by HpBandSter (BOHB, Hyperband or random search; its files do not say which).',
        notes: [
          'HpBandSter does not write down the space: it is what the configurations span.',
          ...budgetNotes(runs),
          ...outsideNotes(space, trials),
        ],
      },
    ];
  },
};

async function read(path: string, file: string): Promise<string> {
  if (file === path) return readFile(path, 'utf8');
  const text = await siblingText(path, basename(file));
  if (text === undefined) throw damaged(path, `${basename(file)} is not beside it: HpBandSter writes both.`);
  return text;
}

interface Configuration {
  readonly params: JsonObject;
  readonly info: JsonObject;
}

/** By identifier, '[iteration, stage, number]'. */
function configurations(lines: readonly JsonLine[], file: string): ReadonlyMap<string, Configuration> {
  return new Map(
    lines.map(({ value, line }) => {
      const [id, params, info] = Array.isArray(value) ? value : [];
      if (!Array.isArray(id) || !isObject(params)) throw damaged(file, 'the line holds no configuration.', { line });
      return [id.join(','), { params, info: isObject(info) ? info : {} }];
    }),
  );
}

function runOf({ value, line }: JsonLine, configs: ReadonlyMap<string, Configuration>, file: string): Run {
  const [id, budget, times, result, exception] = Array.isArray(value) ? value : [];
  const configuration = Array.isArray(id) ? id.join(',') : '';
  const known = configs.get(configuration);
  if (!isNumber(budget)) throw damaged(file, 'the line holds no result.', { line });
  if (!known) throw damaged(file, `configuration [${configuration}] is not in configs.json.`, { line });
  const loss = isObject(result) ? result.loss : undefined;
  const failed = !isNumber(loss);
  const info = isObject(result) && isObject(result.info) ? result.info : {};
  return {
    configuration,
    state: failed ? 'failed' : 'complete',
    params: known.params,
    why: reasonOf(known.info),
    ...(isNumber(loss) && { values: [loss] }),
    ...(failed && { message: failureWords(exception) }),
    fidelity: budget,
    ...time('startedAt', times, 'started'),
    ...time('endedAt', times, 'finished'),
    attributes: { configuration, ...info },
  };
}

/** The last line of Python's trace says what went wrong. */
const failureWords = (exception: unknown): string =>
  typeof exception === 'string' ? (exception.trim().split('\n').at(-1) ?? exception) : 'It gave no loss.';

function time(name: 'startedAt' | 'endedAt', times: unknown, key: string): Partial<Run> {
  const seconds = isObject(times) ? times[key] : undefined;
  return isNumber(seconds) ? { [name]: Math.round(seconds * 1000) } : {};
}

/** BOHB writes down whether its model chose a configuration; HpBandSter's other searches write nothing. */
function reasonOf({ model_based_pick: model }: JsonObject): Reason {
  if (typeof model !== 'boolean') return unknownReason('HpBandSter');
  if (model) return { sampler: 'BOHB', phase: 'exploit', words: 'BOHB says: picked by its model.' };
  return { sampler: 'BOHB', phase: 'explore', words: 'BOHB says: drawn at random, not by its model.' };
}
