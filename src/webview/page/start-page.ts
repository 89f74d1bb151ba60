import { css, type LitElement } from 'lit';
import type { Surface } from '../../shared/webview-protocol.ts';
import type { SaveRequest } from '../components/save-request.ts';
import { type EditorApi, Host } from './host.ts';

declare function acquireVsCodeApi(): EditorApi;

const pageStyles = css`
  html,
  body {
    margin: 0;
    padding: 0;
    height: 100%;
  }
  body {
    overflow-x: hidden;
  }
`;

/** Gives the root element (in the host's html, or added here) its host, and says that the page listens. */
export async function startPage(surface: Surface, tag: string): Promise<void> {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet!];
  const host = new Host(acquireVsCodeApi(), window);
  window.addEventListener('error', (event) => host.reportFault(event.message));
  window.addEventListener('unhandledrejection', (event) => host.reportFault(String(event.reason)));
  document.addEventListener('vitrine-save', (event) =>
    host.command('save', (event as CustomEvent<SaveRequest>).detail),
  );
  const root = document.querySelector(tag) ?? document.body.appendChild(document.createElement(tag));
  const page = root as LitElement & { host: Host };
  page.host = host;
  await page.updateComplete;
  host.ready(surface);
}
