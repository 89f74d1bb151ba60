import { css, unsafeCSS } from 'lit';

type Palette = Readonly<Record<string, string>>;

/** The editor's variables as its Dark 2026 theme sets them; the components know no other colours. */
export const darkPalette: Palette = {
  foreground: '#bfbfbf',
  descriptionForeground: '#8C8C8C',
  errorForeground: '#f48771',
  'icon-foreground': '#8C8C8C',
  focusBorder: '#3994BCB3',
  'textLink-foreground': '#48A0C7',
  'sideBar-background': '#191A1B',
  'editor-background': '#121314',
  'editorWidget-background': '#202122',
  'widget-border': '#2A2B2C',
  'panel-border': '#2A2B2C',
  'panelTitle-activeBorder': '#3994BC',
  'panelTitle-activeForeground': '#bfbfbf',
  'panelTitle-inactiveForeground': '#8C8C8C',
  'button-background': '#297AA0',
  'button-foreground': '#FFFFFF',
  'button-hoverBackground': '#2B7DA3',
  'button-border': '#297AA0',
  'button-secondaryBackground': '#00000000',
  'button-secondaryBorder': '#333536',
  'button-secondaryForeground': '#bfbfbf',
  'button-secondaryHoverBackground': '#FFFFFF10',
  'settings-dropdownBackground': '#191A1B',
  'settings-dropdownBorder': '#333536',
  'settings-dropdownListBorder': '#333536',
  'settings-textInputBackground': '#191A1B',
  'settings-textInputForeground': '#bfbfbf',
  'settings-textInputBorder': '#333536',
  'list-hoverBackground': '#FFFFFF14',
  'list-focusBackground': '#FFFFFF22',
  'list-inactiveSelectionBackground': '#2C2D2E',
  'list-activeSelectionBackground': '#FFFFFF22',
  'list-activeSelectionForeground': '#ededed',
  'toolbar-hoverBackground': '#5a5d5e50',
  'progressBar-background': '#878889',
  'badge-background': '#307E9F',
  'badge-foreground': '#FFFFFF',
  'keybindingTable-headerBackground': '#1c1d1e',
  'editorHoverWidget-background': '#202122',
  'editorHoverWidget-foreground': '#bfbfbf',
  'editorHoverWidget-border': '#2A2B2C',
  'editorWarning-foreground': '#CCA700',
  'inputValidation-warningBackground': '#352A05',
  'inputValidation-warningBorder': '#B89500',
  'charts-foreground': '#CCCCCC',
  'charts-lines': '#C8CACC80',
  'charts-blue': '#57A3F8',
  'charts-red': '#EF8773',
  'charts-yellow': '#E0B97F',
  'charts-orange': '#CD861A',
  'charts-green': '#86CF86',
  'charts-purple': '#AD80D7',
};

/** Light 2026. */
export const lightPalette: Palette = {
  foreground: '#202020',
  descriptionForeground: '#606060',
  errorForeground: '#ad0707',
  'icon-foreground': '#606060',
  focusBorder: '#0069CC',
  'textLink-foreground': '#0069CC',
  'sideBar-background': '#FAFAFD',
  'editor-background': '#FFFFFF',
  'editorWidget-background': '#FAFAFD',
  'widget-border': '#E2E2E5',
  'panel-border': '#F0F1F2',
  'panelTitle-activeBorder': '#000000',
  'panelTitle-activeForeground': '#202020',
  'panelTitle-inactiveForeground': '#606060',
  'button-background': '#0069CC',
  'button-foreground': '#FFFFFF',
  'button-hoverBackground': '#0063C1',
  'button-border': '#0069CC',
  'button-secondaryBackground': '#EAEAEA',
  'button-secondaryBorder': '#EAEAEA',
  'button-secondaryForeground': '#202020',
  'button-secondaryHoverBackground': '#F2F3F4',
  'settings-dropdownBackground': '#FFFFFF',
  'settings-dropdownForeground': '#202020',
  'settings-dropdownBorder': '#D8D8D8',
  'settings-dropdownListBorder': '#D8D8D8',
  'settings-textInputBackground': '#FFFFFF',
  'settings-textInputForeground': '#202020',
  'settings-textInputBorder': '#D8D8D8',
  'list-hoverBackground': '#0000000A',
  'list-focusBackground': '#00000025',
  'list-inactiveSelectionBackground': '#DADADA99',
  'list-activeSelectionBackground': '#00000025',
  'list-activeSelectionForeground': '#202020',
  'toolbar-hoverBackground': '#0000001F',
  'progressBar-background': '#0069CC',
  'badge-background': '#0069CC',
  'badge-foreground': '#FFFFFF',
  'keybindingTable-headerBackground': '#f6f6f7',
  'editorHoverWidget-background': '#FAFAFD',
  'editorHoverWidget-foreground': '#202020',
  'editorHoverWidget-border': '#E4E5E6',
  'editorWarning-foreground': '#895503',
  'inputValidation-warningBackground': '#FDF6E3',
  'inputValidation-warningBorder': '#B69500',
  'charts-foreground': '#202020',
  'charts-lines': '#20202066',
  'charts-blue': '#1A5CFF',
  'charts-red': '#ad0707',
  'charts-yellow': '#667309',
  'charts-orange': '#d18616',
  'charts-green': '#388A34',
  'charts-purple': '#652D90',
};

const declarations = (palette: Palette) =>
  unsafeCSS(
    Object.entries(palette)
      .map(([name, color]) => `--vscode-${name}: ${color};`)
      .join(' '),
  );

/** Dark or light as the reader's system has it, or as the toggle says; paper is always light. */
export const palettes = css`
  :root {
    --vscode-font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Ubuntu, 'Open Sans', sans-serif;
    --vscode-font-size: 13px;
    --vscode-editor-font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    color-scheme: light dark;
    ${declarations(lightPalette)}
  }
  @media (prefers-color-scheme: dark) {
    :root:not([data-theme='light']) {
      ${declarations(darkPalette)}
    }
  }
  :root[data-theme='dark'] {
    color-scheme: dark;
    ${declarations(darkPalette)}
  }
  :root[data-theme='light'] {
    color-scheme: light;
  }
  body {
    margin: 0;
    background: var(--vscode-editor-background);
    color: var(--vscode-foreground);
    print-color-adjust: exact;
  }
`;
