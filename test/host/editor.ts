import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { fetchStableVersions } from '@vscode/test-electron/out/download.js';
import { within } from './workbench/time-limit.ts';

/** The program that stands for VS Code, and which one it is. */
export interface Editor {
  readonly executable: string;
  readonly words: string;
}

const npmWorkbench = (why: string): Editor => ({
  executable: join(import.meta.dirname, 'workbench/code.ts'),
  words: `Code-OSS (code-server from npm) in headless Chromium, because ${why}`,
});

async function downloaded(): Promise<Editor> {
  return { executable: await downloadAndUnzipVSCode('stable'), words: 'VS Code stable, downloaded' };
}

/**
 * Chooses the editor: VITRINE_VSCODE=download or =npm decides; otherwise VS Code is downloaded where that is quick to
 * reach and there is a display, and comes from npm elsewhere.
 */
export async function chooseEditor(): Promise<Editor> {
  const wanted = process.env.VITRINE_VSCODE;
  if (wanted === 'download') return downloaded();
  if (wanted === 'npm') return npmWorkbench('VITRINE_VSCODE=npm');
  if (wanted) throw new Error(`VITRINE_VSCODE is 'download' or 'npm', not '${wanted}'.`);
  const isLinux = process.platform === 'linux';
  if (isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return npmWorkbench('there is no display');
  try {
    await within(8, 'the list of VS Code versions', fetchStableVersions(true, 8000));
  } catch (error) {
    const why = `VS Code cannot be downloaded here (${error instanceof Error ? error.message : error})`;
    if (isLinux) return npmWorkbench(why);
    throw new Error(why, { cause: error });
  }
  return downloaded();
}
