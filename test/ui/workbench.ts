import { cp, mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach } from 'node:test';
import { type BrowserContext, errors, type Frame, type Locator, type Page } from 'playwright-core';
import { root } from '../host/workbench/parts.ts';
import type { Settings } from '../host/workbench/server.ts';
import { within } from '../host/workbench/time-limit.ts';
import type { DriverHub, HostConnection } from './driver/hub.ts';
import { ownFolder, serverWith, sharedBrowser } from './servers.ts';
import { type Theme, themes } from './themes.ts';
import { everyWebview, findWebview } from './webview.ts';
import { untilRemembered } from './window-state.ts';

export interface OpenOptions {
  /** A folder of the repository; a copy of it is opened. */
  readonly folder?: string;
  readonly theme?: Theme;
  /** Whether the folder is trusted; in one that is not, the editor is in restricted mode. */
  readonly trust?: boolean;
  readonly settings?: Settings;
  readonly width?: number;
  readonly height?: number;
}

const patience = 60_000;
const open = new Set<Workbench>();

/** How the windows looked when a test failed. */
afterEach(async (test) => {
  if (!('passed' in test) || test.passed) return;
  const name = `failed ${test.fullName.replaceAll(/[^\w.-]+/g, ' ')}`;
  for (const workbench of open) console.log(`picture: ${(await workbench.screenshot(name)).join()}`);
});

/** A VS Code window with the extension of this repository, open on a copy of a folder. */
export class Workbench {
  readonly page: Page;
  /** The folder that is open. */
  readonly folder: string;
  /** Errors that scripts of the page and its webviews did not catch, and what their content security policy refused. */
  readonly problems: string[] = [];
  readonly #context: BrowserContext;
  readonly #hub: DriverHub;
  #host: HostConnection | undefined;

  constructor(context: BrowserContext, page: Page, hub: DriverHub, folder: string) {
    this.#context = context;
    this.#hub = hub;
    this.page = page;
    this.folder = folder;
    page.setDefaultTimeout(patience);
    page.on('pageerror', ({ stack, message }) => {
      // The editor's own frame around a webview trips over itself when that webview is taken away while it loads.
      if (!stack?.includes('/contrib/webview/browser/pre/')) this.problems.push(stack ?? message);
    });
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.problems.push(message.text());
    });
  }

  /** Loads the window and waits until its extension host answers. */
  async load(url: string): Promise<void> {
    const host = this.#hub.next(this.folder);
    await this.page.goto(url, { timeout: patience });
    await this.page.waitForSelector('.monaco-workbench .part.statusbar');
    this.#host = await within(90, 'the extension host to start', host);
  }

  /**
   * Resolves once the window has written down that a webview of this kind is in front, with `part` in its state; it does so
   * every 5 s only, and what it takes up after a reload is what it wrote down last.
   */
  async remembered(viewType: string, part: string): Promise<void> {
    // Not `waitForFunction`, which takes the promise of an answer for a yes.
    const remembered = this.page.evaluate(untilRemembered, { viewType, part });
    await within(patience / 1000, `the window to write down a ${viewType} with ${part}`, remembered);
  }

  /** Loads the window again, as 'Developer: Reload Window' does. */
  reload(): Promise<void> {
    return this.load(this.page.url());
  }

  /** Runs a command in the extension host and resolves to what it returns. */
  execute(command: string, ...parameters: readonly unknown[]): Promise<unknown> {
    return this.#ask({ do: 'command', command, parameters }, `the command ${command}`);
  }

  /**
   * Runs a command as a person does, by its title in the command palette. Like a person, it opens the palette again where a
   * webview that just finished loading took the focus, and with it the palette, away.
   */
  async palette(title: string): Promise<void> {
    for (let attempt = 1; !(await this.#chooseCommand(title)); attempt++)
      if (attempt === 5) throw new Error(`the palette did not stay open for "${title}"`);
    await this.page.mouse.move(0, 0);
  }

  async #chooseCommand(title: string): Promise<boolean> {
    // Not by a key, which is lost where a webview that still loads has the focus.
    await this.execute('workbench.action.showCommands');
    const timeout = 5_000;
    try {
      await this.page.locator('.quick-input-widget input[type="text"]').fill(`>${title}`, { timeout });
      await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click({ timeout });
      return true;
    } catch (error) {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    }
  }

  /** Changes a user setting. */
  async configure(key: string, value: unknown): Promise<void> {
    await this.#ask({ do: 'configure', key, value }, `the setting ${key}`);
  }

  /** Opens a file of the folder in the editor and resolves to the editor. */
  async open(file: string): Promise<Locator> {
    const path = join(this.folder, file);
    await this.#ask({ do: 'open', path }, `${file} to open`);
    const editor = this.page.locator(`.monaco-editor[data-uri$="${encodeURI(file)}"]`).first();
    await editor.waitFor();
    return editor;
  }

  /** The CodeLens with this text, once it can be clicked; it is first a span without a command. */
  async codeLens(text: string | RegExp): Promise<Locator> {
    const lens = this.page.locator('.codelens-decoration a', { hasText: text }).first();
    await lens.waitFor();
    return lens;
  }

  /** The webview that shows `selector`. */
  webview(selector: string, seconds = 60): Promise<Frame> {
    return findWebview(this.page, selector, seconds);
  }

  async setTheme(theme: Theme): Promise<void> {
    const { setting, workbench, webview } = themes[theme];
    // Reset first: a window that starts may pick a wrong theme, because the one that is set is registered later.
    await this.configure('workbench.colorTheme', undefined);
    await this.configure('workbench.colorTheme', setting);
    await this.page.waitForSelector(`.monaco-workbench.${workbench}`);
    await everyWebview(this.page, `body.${webview}`);
  }

  /** Writes test-results/NAME.png, or one picture for each of `wanted`; resolves to the paths. */
  async screenshot(name: string, ...wanted: readonly Theme[]): Promise<string[]> {
    const folder = join(root, 'test-results');
    await mkdir(folder, { recursive: true });
    const take = async (path: string) => {
      await this.page.screenshot({ path, animations: 'disabled' });
      return path;
    };
    if (wanted.length === 0) return [await take(join(folder, `${name}.png`))];
    const paths: string[] = [];
    for (const theme of wanted) {
      await this.setTheme(theme);
      paths.push(await take(join(folder, `${name}-${theme}.png`)));
    }
    return paths;
  }

  async close(): Promise<void> {
    open.delete(this);
    await this.#context.close();
  }

  #ask(question: Parameters<HostConnection['ask']>[0], what: string): Promise<unknown> {
    if (this.#host === undefined) throw new Error('The workbench has not been loaded.');
    return within(patience / 1000, what, this.#host.ask(question));
  }
}

/** Opens a window with the extension of this repository; the test closes it. Servers and browser end with the file. */
export async function openWorkbench(options: OpenOptions = {}): Promise<Workbench> {
  const { folder = 'examples/penguins', theme = 'dark', trust = true, width = 1280, height = 800 } = options;
  const [{ server, hub }, browser] = await Promise.all([
    serverWith({
      'security.workspace.trust.enabled': !trust,
      'security.workspace.trust.startupPrompt': 'never',
      ...options.settings,
    }),
    sharedBrowser(),
  ]);
  const copy = await realpath(await mkdtemp(join(await ownFolder(), 'workspace-')));
  await cp(join(root, folder), copy, { recursive: true, filter: (path) => !path.endsWith('.vitrine') });
  const colorScheme = theme === 'dark' || theme === 'high-contrast' ? 'dark' : 'light';
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', colorScheme });
  const workbench = new Workbench(context, await context.newPage(), hub, copy);
  open.add(workbench);
  const extension = `vscode-remote://${new URL(server.url).host}${root}`;
  const payload = JSON.stringify([['extensionDevelopmentPath', extension]]);
  await workbench.load(`${server.url}/?${new URLSearchParams({ folder: copy, payload })}`);
  await workbench.setTheme(theme);
  return workbench;
}
