import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import type { Surface } from '../../shared/webview-protocol.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Where the bundles of the pages are; the only folder that a page may load from. */
export const pageFolder = (extensionUri: Uri): Uri => Uri.joinPath(extensionUri, 'dist', 'webview');

/** The page of a surface: its bundle and its root element, and a policy that lets in nothing else. */
export function pageHtml(webview: Webview, extensionUri: Uri, surface: Surface): string {
  const nonce = randomBytes(24).toString('base64url');
  const script = webview.asWebviewUri(Uri.joinPath(pageFolder(extensionUri), `${surface}.js`));
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(webview.cspSource, nonce)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Vitrine</title>
  </head>
  <body>
    <vitrine-${surface}></vitrine-${surface}>
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
