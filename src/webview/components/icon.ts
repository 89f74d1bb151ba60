import beaker from '@vscode/codicons/src/icons/beaker.svg';
import book from '@vscode/codicons/src/icons/book.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import checklist from '@vscode/codicons/src/icons/checklist.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import chip from '@vscode/codicons/src/icons/chip.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import colorMode from '@vscode/codicons/src/icons/color-mode.svg';
import comment from '@vscode/codicons/src/icons/comment.svg';
import debugStop from '@vscode/codicons/src/icons/debug-stop.svg';
import desktopDownload from '@vscode/codicons/src/icons/desktop-download.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import goToFile from '@vscode/codicons/src/icons/go-to-file.svg';
import graphLine from '@vscode/codicons/src/icons/graph-line.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import layers from '@vscode/codicons/src/icons/layers.svg';
import lightbulb from '@vscode/codicons/src/icons/lightbulb.svg';
import note from '@vscode/codicons/src/icons/note.svg';
import output from '@vscode/codicons/src/icons/output.svg';
import pass from '@vscode/codicons/src/icons/pass.svg';
import play from '@vscode/codicons/src/icons/play.svg';
import question from '@vscode/codicons/src/icons/question.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import save from '@vscode/codicons/src/icons/save.svg';
import shield from '@vscode/codicons/src/icons/shield.svg';
import starFull from '@vscode/codicons/src/icons/star-full.svg';
import symbolEvent from '@vscode/codicons/src/icons/symbol-event.svg';
import sync from '@vscode/codicons/src/icons/sync.svg';
import table from '@vscode/codicons/src/icons/table.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

/** VS Code's own pictures as inline SVG: they need no font, so that they also print and work in the report. */
const icons = {
  beaker,
  book,
  check,
  checklist,
  chevronRight,
  chip,
  circleSlash,
  close,
  colorMode,
  comment,
  debugStop,
  desktopDownload,
  error,
  goToFile,
  graphLine,
  info,
  layers,
  lightbulb,
  note,
  output,
  pass,
  play,
  question,
  refresh,
  save,
  shield,
  starFull,
  sync,
  table,
  warning,
  symbolEvent,
} as const;

export type IconName = keyof typeof icons;

/** With a label it speaks; without one it is decoration. Only our own constant pictures pass through unsafeHTML. */
export const icon = (name: IconName, label?: string): TemplateResult =>
  label === undefined
    ? html`<span class="icon" aria-hidden="true">${unsafeHTML(icons[name])}</span>`
    : html`<span class="icon" role="img" aria-label=${label} title=${label}>${unsafeHTML(icons[name])}</span>`;
