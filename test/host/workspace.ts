import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { EngineClient } from '../../src/engine/client/engine-client.ts';
import type { StudySnapshot } from '../../src/shared/results/study.ts';
import { within } from './workbench/time-limit.ts';

/** The folder that is open: a copy, so that tests may write in it. */
export const folder = (): string => {
  const open = vscode.workspace.workspaceFolders?.[0];
  if (!open) throw new Error('no folder is open');
  return open.uri.fsPath;
};

export async function write(name: string, text: string): Promise<string> {
  const path = join(folder(), name);
  await writeFile(path, text);
  return path;
}

/** Two clouds of points: learnt by anything in no time. */
export function clouds(rows: number): string {
  const lines = ['width,height,colour,kind'];
  for (let i = 0; i < rows; i++) {
    const kind = i % 2;
    const wobble = ((i * 7919) % 101) / 101;
    lines.push(
      `${(kind * 2 + wobble).toFixed(3)},${(5 - kind + wobble).toFixed(3)},${i % 3 ? 'red' : 'blue'},${kind ? 'round' : 'flat'}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** An experiment on `clouds`, written beside its data; resolves to its path. */
export async function writeExperiment(
  name: string,
  lines: readonly string[] = ['budget: {trials: 6}'],
): Promise<string> {
  await write(`${name}.csv`, clouds(90));
  const data = `data: {path: ${name}.csv, target: kind}`;
  const quick = ['learners: [logistic, tree]', 'explain: none', 'robustness: none', 'search: {workers: 1}'];
  return write(`${name}.vitrine.yaml`, [`name: ${name}`, data, ...quick, ...lines, ''].join('\n'));
}

/** Resolves as soon as `read` gives something; it is asked again whenever `event` tells of a change. */
export async function once<T>(
  what: string,
  event: vscode.Event<unknown>,
  read: () => T | undefined,
  seconds = 20,
): Promise<T> {
  const found = Promise.withResolvers<T>();
  const look = () => {
    const value = read();
    if (value !== undefined) found.resolve(value);
  };
  const listening = event(look);
  look();
  try {
    return await within(seconds, what, found.promise);
  } finally {
    listening.dispose();
  }
}

/** A client of the engine that the window uses, to see what the extension made it do. */
export async function engineOfWindow(): Promise<EngineClient> {
  const client = await EngineClient.connectToRunning(folder());
  if (!client) throw new Error('no engine runs for this folder');
  return client;
}

/** Follows a study until it is as wanted. */
export async function study(
  file: string,
  what: string,
  wanted: (snapshot: StudySnapshot) => boolean,
  seconds = 50,
): Promise<StudySnapshot> {
  const client = await engineOfWindow();
  const found = Promise.withResolvers<StudySnapshot>();
  const look = () =>
    client
      .request('study.show', { file })
      .then((snapshot) => wanted(snapshot) && found.resolve(snapshot), found.reject);
  client.onStudyChanged(look);
  await client.watch([file]);
  void look();
  try {
    return await within(seconds, what, found.promise);
  } finally {
    client.dispose();
  }
}
