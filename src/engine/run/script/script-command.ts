import { filledWord, placeholdersIn } from '../../../shared/experiment/command-words.ts';
import type { Params } from '../../../shared/space.ts';

/** What one run of the program is told. */
export interface ScriptConfiguration {
  /** The configuration alone, without what does not exist in it. */
  readonly params: Params;
  /** Names of all parameters of the space. */
  readonly known: readonly string[];
  /** How much of the resource it may use, where one is shared out. */
  readonly resource: { readonly name: string; readonly amount: number } | null;
  readonly trial: number;
  readonly seed: number;
  /** Where it may leave files; the configuration is there too. */
  readonly folder: string;
  readonly configFile: string;
}

/**
 * The words to run: `{name}` stands for a parameter's value (an empty text where it does not exist in this configuration), for the
 * resource, or for {config}, {folder}, {seed} and {trial}. A command that names neither a parameter nor the configuration's file is
 * given every value as `--name value`.
 */
export function scriptWords(command: readonly string[], configuration: ScriptConfiguration): string[] {
  const { params, known, resource, trial, seed, folder, configFile } = configuration;
  const values = new Map<string, string>([
    ['config', configFile],
    ['folder', folder],
    ['seed', String(seed)],
    ['trial', String(trial)],
    ...(resource ? [[resource.name, String(resource.amount)] as const] : []),
    ...known.map((name) => [name, name in params ? String(params[name]) : ''] as const),
  ]);
  const named = new Set(command.flatMap(placeholdersIn));
  const filled = command.map((word) => filledWord(word, values));
  if (named.has('config') || known.some((name) => named.has(name))) return filled;
  const told = [
    ...Object.entries(params),
    ...(resource && !named.has(resource.name) ? [[resource.name, resource.amount]] : []),
  ];
  return [...filled, ...told.flatMap(([name, value]) => [`--${name}`, String(value)])];
}

/** The same for programs that would rather read their environment. Python is told not to keep its lines back. */
export function scriptEnvironment(configuration: ScriptConfiguration): NodeJS.ProcessEnv {
  const { params, resource, trial, seed, folder, configFile } = configuration;
  const { ELECTRON_RUN_AS_NODE: _ours, ...inherited } = process.env;
  return {
    ...inherited,
    PYTHONUNBUFFERED: '1',
    VITRINE_CONFIG: JSON.stringify(params),
    VITRINE_CONFIG_FILE: configFile,
    VITRINE_FOLDER: folder,
    VITRINE_SEED: String(seed),
    VITRINE_TRIAL: String(trial),
    ...(resource && { VITRINE_RESOURCE: String(resource.amount) }),
  };
}
