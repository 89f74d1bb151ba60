import type { StudyReport } from '../shared/results/study.ts';
import type { SaveRequest } from './components/save-request.ts';
import { palettes } from './report/palettes.ts';
import './report/report-view.ts';
import type { ReportView } from './report/report-view.ts';

/** A report has nobody to ask: what is saved is downloaded from the page itself. */
function download({ name, content }: SaveRequest): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

document.adoptedStyleSheets = [...document.adoptedStyleSheets, palettes.styleSheet!];
document.addEventListener('vitrine-save', (event) => download((event as CustomEvent<SaveRequest>).detail));
const data = document.getElementById('report');
const view = document.querySelector<ReportView>('vitrine-report');
if (data?.textContent && view) view.report = JSON.parse(data.textContent) as StudyReport;
