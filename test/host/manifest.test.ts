import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly when?: string; readonly icon: string }[]>
    >;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly yamlValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

/** What the source says under a name, so that no list is kept twice. */
const source = (root: string, file: string) => readFileSync(join(root, 'src/extension', file), 'utf8');
const quoted = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name).sort();

describe('the manifest and the code', () => {
  const extension = vscode.extensions.getExtension('vitrine.vitrine');
  const root = extension?.extensionPath ?? '';
  const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const contributed = contributes.commands.map(({ command }) => command).sort();
  const views = Object.values(contributes.views).flat();

  before(() => extension?.activate());

  it('agree on the commands: contributed, registered and typed', async () => {
    const ofViews = new RegExp(`^(${['workbench.view.extension.vitrine', ...views.map(({ id }) => id)].join('|')})\\.`);
    const all = await vscode.commands.getCommands(true);
    const registered = all.filter((id) => id.startsWith('vitrine.') && !ofViews.test(id)).sort();
    assert.deepEqual(registered, contributed);
    assert.deepEqual(quoted(source(root, 'command-arguments.ts'), /^ {2}'(vitrine\.\w+)': \[/gm), contributed);
  });

  it('agree on the views, whose containers and icons exist', () => {
    const containers = contributes.viewsContainers.activitybar;
    assert.deepEqual(
      Object.keys(contributes.views),
      containers.map(({ id }) => id),
    );
    for (const { icon } of [...containers, ...views]) assert.ok(existsSync(join(root, icon)), icon);
    const tree = source(root, 'views/experiment-tree.ts') + source(root, 'views/dashboard.ts');
    for (const { id } of views) assert.ok(tree.includes(`'${id}', `), `${id} has no provider`);
  });

  it('agree on the menus: commands, views and context keys that exist', () => {
    const keys = quoted(source(root, 'context-keys.ts'), /#tell\('([\w.]+)'/g);
    const items = Object.values(contributes.menus).flat();
    for (const { command } of items) assert.ok(contributed.includes(command), command);
    const clauses = [...items, ...views, ...contributes.viewsWelcome].map(({ when = '' }) => when);
    const asked = [...clauses, ...contributes.commands.map(({ enablement = '' }) => enablement)].join(' ; ');
    const names = new Set(quoted(asked, /(vitrine\.\w+)/g));
    const known = [...keys, ...views.map(({ id }) => id)];
    assert.deepEqual(
      [...names].filter((name) => !known.includes(name)),
      [],
    );
    for (const { view } of contributes.viewsWelcome)
      assert.ok(
        views.some(({ id }) => id === view),
        view,
      );
  });

  it('agree on the settings', () => {
    const typed = quoted(source(root, 'settings.ts'), /^ {2}'([\w.]+)': /gm).map((key) => `vitrine.${key}`);
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), typed);
    for (const [key, { default: value }] of Object.entries(contributes.configuration.properties))
      assert.equal(vscode.workspace.getConfiguration().get(key), value, key);
  });

  it('agree on the walkthrough and the links, which lead somewhere', async () => {
    const [{ steps }] = contributes.walkthroughs;
    assert.equal(steps.length, 5);
    for (const { media } of steps) assert.ok(existsSync(join(root, media.markdown)), media.markdown);
    for (const { url } of contributes.yamlValidation) assert.ok(existsSync(join(root, url)), url);
    const texts = [
      ...steps.map(({ description }) => description),
      ...contributes.viewsWelcome.map(({ contents }) => contents),
    ];
    const linked = quoted(texts.join('\n'), /\(command:([\w.]+)/g);
    const waitedFor = quoted(
      steps.flatMap(({ completionEvents }) => completionEvents).join('\n'),
      /^onCommand:(.+)$/gm,
    );
    const all = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      [...linked, ...waitedFor].filter((command) => !all.has(command)),
      [],
    );
  });
});
