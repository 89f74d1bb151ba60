import { explanationKinds } from '../../../shared/results/explanation.ts';
import { dataSheet } from './data-sheet.ts';
import type { Dossier, WrittenDocument } from './dossier.ts';
import { explanationPage } from './explanation-page.ts';
import { modelCard } from './model-card.ts';
import { readmePage } from './readme-page.ts';
import { verdictsPage } from './verdicts-page.ts';

/** All pages of a model's folder, README.md first; a page for each technique that was made. */
export function modelDocuments(dossier: Dossier): readonly WrittenDocument[] {
  const { explanations, techniques } = dossier.detail;
  const pages = explanationKinds.flatMap((kind) => {
    const made = explanations.filter((one) => one.kind === kind);
    if (made.length === 0) return [];
    const technique = techniques.find((one) => one.kind === kind) ?? { title: kind, question: made[0].question };
    return [{ path: `explanations/${kind}.md`, title: technique.title, text: explanationPage(technique, made) }];
  });
  const others = [
    { path: 'model-card.md', title: 'Model card', text: modelCard(dossier) },
    { path: 'data-sheet.md', title: 'Data sheet', text: dataSheet(dossier) },
    { path: 'verdicts.md', title: 'Verdicts', text: verdictsPage(dossier) },
  ];
  const all = [...others, ...pages];
  return [{ path: 'README.md', text: readmePage(dossier, all) }, ...all].map(({ path, text }) => ({
    path,
    text: `${text}\n`,
  }));
}
