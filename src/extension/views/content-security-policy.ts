/**
 * What a page may load: scripts by nonce alone, without eval; inline styles, because charts and tables place their parts
 * by them; nothing from the network, and nobody to send anything to.
 * @param source where the editor serves the page's folder from
 */
export const contentSecurityPolicy = (source: string, nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'unsafe-inline'`,
    `font-src ${source}`,
    `img-src ${source} data: blob:`,
  ].join('; ');
