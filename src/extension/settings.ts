import { workspace } from 'vscode';

/** Every setting with its type; the defaults are in the manifest. */
interface Settings {
  'check.readData': boolean;
  'run.openDashboard': boolean;
  'run.notifyWhenOver': boolean;
}

export function setting<K extends keyof Settings>(key: K): Settings[K] {
  const value = workspace.getConfiguration('vitrine').get<Settings[K]>(key);
  if (value === undefined) throw new Error(`the manifest gives no default for vitrine.${key}`);
  return value;
}
