import { ThemeColor, ThemeIcon } from 'vscode';
import type { RunState } from '../../shared/results/study.ts';

interface Look {
  readonly words: string;
  readonly icon: string;
  readonly color?: string;
}

/** How the state of a run reads and looks in lists and in the status bar; never by colour alone. */
export const runLooks: Readonly<Record<RunState, Look>> = {
  none: { words: 'not run yet', icon: 'beaker' },
  imported: { words: 'imported', icon: 'table' },
  preparing: { words: 'preparing', icon: 'sync~spin' },
  searching: { words: 'searching', icon: 'sync~spin' },
  finishing: { words: 'finishing', icon: 'sync~spin' },
  finished: { words: 'finished', icon: 'pass', color: 'charts.green' },
  stopped: { words: 'stopped', icon: 'circle-slash' },
  failed: { words: 'failed', icon: 'error', color: 'errorForeground' },
  interrupted: { words: 'interrupted', icon: 'warning', color: 'editorWarning.foreground' },
};

export const runIcon = (state: RunState): ThemeIcon => {
  const { icon, color } = runLooks[state];
  return new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
};
