import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import type { CommandMessage, WebviewCommands } from '../../shared/webview-protocol.ts';
import { execute } from '../commands.ts';
import type { FaultMessages } from '../fault-messages.ts';

/** What pages may ask the editor to do. */
export class PageCommands {
  readonly #faults: FaultMessages;

  constructor(faults: FaultMessages) {
    this.#faults = faults;
  }

  async perform(message: CommandMessage): Promise<void> {
    try {
      await perform(message);
    } catch (error) {
      this.#faults.show(error);
    }
  }
}

function perform(message: CommandMessage): Thenable<unknown> {
  switch (message.command) {
    case 'run':
      return execute('vitrine.run', message.input.file);
    case 'stop':
      return execute('vitrine.stop', message.input.file);
    case 'checkData':
      return execute('vitrine.checkData', message.input.file);
    case 'tryRemedy':
      return execute('vitrine.tryRemedy', message.input.file, message.input.edit);
    case 'selectExperiment':
    case 'openDashboard':
      return execute('vitrine.openDashboard', message.input.file);
    case 'newExperiment':
      return execute('vitrine.newExperiment');
    case 'openTrial': {
      const { file, trial, section } = message.input;
      return execute('vitrine.openTrial', { file, trial }, section);
    }
    case 'compareModels': {
      const { file, first, second } = message.input;
      return execute('vitrine.compareModels', { file, trial: first }, second);
    }
    case 'openFile':
      return execute('vitrine.openFile', message.input.file);
    case 'openReport':
      return execute('vitrine.openReport', message.input.file);
    case 'exportModel':
      return execute('vitrine.exportModel', message.input);
    case 'writeModelCard':
      return execute('vitrine.writeModelCard', message.input);
    case 'retryEngine':
      return execute('vitrine.startEngine');
    case 'openLog':
      return execute('vitrine.openLog');
    case 'manageTrust':
      return commands.executeCommand('workbench.trust.manage');
    case 'save':
      return save(message.input);
  }
}

async function save({ name, content, encoding }: WebviewCommands['save']): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const defaultUri = Uri.file(join(folder, name.replaceAll(/[\\/:]/g, '-')));
  const target = await window.showSaveDialog({ defaultUri });
  if (!target) return;
  await workspace.fs.createDirectory(target.with({ path: dirname(target.path) }));
  await workspace.fs.writeFile(target, Buffer.from(content, encoding));
}
