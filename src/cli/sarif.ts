import { pathToFileURL } from 'node:url';
import { version } from '../engine/index.ts';
import type { Finding } from './finding.ts';

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** Diagnostics in the Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts and editors read. */
export const sarifLog = (diagnostics: readonly Finding[], path: string) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'vitrine',
          version,
          rules: [...new Set(diagnostics.map(({ code }) => code))].map((id) => ({ id })),
        },
      },
      results: diagnostics.map(({ code, severity, message, range }) => ({
        ruleId: code,
        level: levels[severity],
        message: { text: message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: pathToFileURL(path).href },
              region: {
                startLine: range.start.line + 1,
                startColumn: range.start.character + 1,
                endLine: range.end.line + 1,
                endColumn: range.end.character + 1,
              },
            },
          },
        ],
      })),
    },
  ],
});
