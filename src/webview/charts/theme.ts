export type ThemeColor =
  | 'blue'
  | 'green'
  | 'orange'
  | 'purple'
  | 'red'
  | 'yellow'
  | 'quiet'
  | 'foreground'
  | 'lines'
  | 'grid'
  | 'background';

/** The editor's colours as chart.js needs them: resolved, because a canvas knows no variables. */
export interface Theme {
  readonly colors: Readonly<Record<ThemeColor, string>>;
  readonly fontFamily: string;
  readonly fontSize: number;
  readonly popup: { readonly background: string; readonly foreground: string; readonly border: string };
}

const variables: Readonly<Record<ThemeColor, readonly [name: string, fallback: string]>> = {
  blue: ['--vscode-charts-blue', '#3794ff'],
  green: ['--vscode-charts-green', '#89d185'],
  orange: ['--vscode-charts-orange', '#d18616'],
  purple: ['--vscode-charts-purple', '#b180d7'],
  red: ['--vscode-charts-red', '#f14c4c'],
  yellow: ['--vscode-charts-yellow', '#cca700'],
  quiet: ['--vscode-descriptionForeground', '#8c8c8c'],
  foreground: ['--vscode-foreground', '#808080'],
  lines: ['--vscode-charts-lines', '#8080804d'],
  grid: ['--vscode-widget-border', '#80808060'],
  background: ['--vscode-editor-background', '#808080'],
};

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const read = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  const entries = Object.entries(variables).map(([key, [name, fallback]]) => [key, read(name, fallback)]);
  const colors = Object.fromEntries(entries) as Record<ThemeColor, string>;
  // In high contrast every border is as strong as text: a grid of them would hide the marks.
  if (read('--vscode-contrastBorder', '')) colors.grid = `color-mix(in srgb, ${colors.lines} 45%, transparent)`;
  return {
    colors,
    fontFamily: read('--vscode-font-family', 'sans-serif'),
    fontSize: Number.parseFloat(read('--vscode-font-size', '13px')) - 2,
    popup: {
      background: read('--vscode-editorHoverWidget-background', '#252526'),
      foreground: read('--vscode-editorHoverWidget-foreground', colors.foreground),
      border: read('--vscode-editorHoverWidget-border', colors.lines),
    },
  };
}

/** Calls back when the editor's theme differs (it rewrites the page's attributes); returns how to end. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  const attributes = { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id', 'data-theme'] };
  observer.observe(document.documentElement, attributes);
  observer.observe(document.body, attributes);
  const preference = matchMedia('(prefers-color-scheme: dark)');
  preference.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    preference.removeEventListener('change', changed);
  };
}
