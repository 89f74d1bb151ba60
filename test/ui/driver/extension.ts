// An extension that is installed in the tests' workbench only: it lets a test run commands and change settings in
// the window's extension host, which the page alone cannot do reliably.
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { type Answer, type Hello, type Request, socketVariable } from './messages.ts';

async function perform(request: Request): Promise<unknown> {
  switch (request.do) {
    case 'command':
      return vscode.commands.executeCommand(request.command, ...request.parameters);
    case 'open':
      await vscode.window.showTextDocument(vscode.Uri.file(request.path), { preview: false });
      return undefined;
    case 'configure':
      return vscode.workspace.getConfiguration().update(request.key, request.value, vscode.ConfigurationTarget.Global);
  }
}

async function answer(request: Request): Promise<Answer> {
  try {
    return { id: request.id, result: await perform(request) };
  } catch (error) {
    return { id: request.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function send(socket: Socket, message: Hello | Answer): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

export function activate(context: vscode.ExtensionContext): void {
  const path = process.env[socketVariable];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (path === undefined || folder === undefined) throw new Error(`Wanted ${socketVariable} and an open folder.`);
  const socket = connect(path, () => send(socket, { folder }));
  createInterface({ input: socket }).on('line', async (line) => send(socket, await answer(JSON.parse(line))));
  context.subscriptions.push({ dispose: () => socket.destroy() });
}
