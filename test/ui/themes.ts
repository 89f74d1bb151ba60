/** The four kinds of theme that VS Code has, by the name of a theme of that kind and the classes that show it. */
export const themes = {
  dark: { setting: 'Dark 2026', workbench: 'vs-dark', webview: 'vscode-dark' },
  light: { setting: 'Light 2026', workbench: 'vs', webview: 'vscode-light' },
  'high-contrast': { setting: 'Default High Contrast', workbench: 'hc-black', webview: 'vscode-high-contrast' },
  'high-contrast-light': {
    setting: 'Default High Contrast Light',
    workbench: 'hc-light',
    webview: 'vscode-high-contrast-light',
  },
} as const;

export type Theme = keyof typeof themes;
