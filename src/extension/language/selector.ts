import type { DocumentFilter, TextDocument } from 'vscode';

/** Experiment files are YAML to the editor, so that they are coloured and every YAML extension works on them. */
export const experimentSelector: DocumentFilter = { language: 'yaml', pattern: '**/*.vitrine.yaml' };

export const isExperiment = ({ fileName }: Pick<TextDocument, 'fileName'>): boolean =>
  fileName.endsWith('.vitrine.yaml');
