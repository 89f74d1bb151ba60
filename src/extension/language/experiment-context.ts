import { dirname } from 'node:path';
import { extensions, RelativePattern, Uri, workspace } from 'vscode';
import { type Draft, type ProviderContext, parseExperiment } from '../../language/index.ts';
import type { LearnerEntry } from '../../shared/operations/operations.ts';
import { dataFilePattern, pathFrom } from '../data-files.ts';
import type { EngineConnection } from '../engine-connection.ts';
import { unsearched } from '../experiments.ts';
import { setting } from '../settings.ts';
import { Inspections } from './inspections.ts';

/** What surrounds an experiment file: learners, columns of its data, data files near it. In a restricted workspace only the last. */
export class ExperimentContext {
  readonly #engine: EngineConnection;
  readonly #inspections: Inspections;
  #catalog: readonly LearnerEntry[] | undefined;

  constructor(engine: EngineConnection) {
    this.#engine = engine;
    this.#inspections = new Inspections(engine);
  }

  /** What is known already; nothing is waited for. */
  known({ absoluteDataPath, absoluteTestPath }: Draft): ProviderContext {
    const readsData = workspace.isTrusted && setting('check.readData');
    return {
      catalog: this.#catalog,
      ...(readsData && {
        ...this.#inspections.known(absoluteDataPath),
        testColumns: this.#inspections.known(absoluteTestPath)?.columns,
      }),
      schemaChecks: extensions.getExtension('redhat.vscode-yaml') === undefined,
    };
  }

  /** Asks the engine for what is not known yet. */
  async learn({ absoluteDataPath, absoluteTestPath }: Draft): Promise<void> {
    if (!workspace.isTrusted) return;
    this.#catalog ??= (await this.#engine.request('engine.catalog', {})).learners;
    if (!setting('check.readData')) return;
    if (absoluteDataPath) await this.#inspections.look(absoluteDataPath);
    if (absoluteTestPath) await this.#inspections.look(absoluteTestPath);
  }

  /** What is known, and the data files that the experiment may name. */
  async forCompletion(text: string, file: string): Promise<ProviderContext> {
    const folder = dirname(file);
    const found = await workspace.findFiles(new RelativePattern(Uri.file(folder), dataFilePattern), unsearched, 200);
    const dataFiles = found.map(({ fsPath }) => pathFrom(folder, fsPath)).sort();
    return { ...this.known(parseExperiment(text, file).draft), dataFiles };
  }
}
