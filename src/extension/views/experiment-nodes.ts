import { ThemeIcon, TreeItem, TreeItemCollapsibleState, workspace } from 'vscode';
import type { Candidate } from '../../shared/candidate.ts';
import { type FinalLine, finalLines } from '../../shared/results/final-models.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { LeaderboardRow, StudySnapshot } from '../../shared/results/study.ts';
import { addressPath } from '../../shared/study-address.ts';
import type { TrialTarget } from '../command-arguments.ts';
import type { ExperimentFile } from '../experiments.ts';
import { objectiveWords } from '../objective-words.ts';
import { isUnderWay, type StudyState } from '../studies.ts';
import { runIcon, runLooks } from './run-look.ts';

/** Best trials listed under an experiment. */
const listedTrials = 5;

export type ExperimentTreeNode = ExperimentNode | RunNode | FinalNode | TrialNode;

/** An experiment file with the state of its run. Menus hand it to commands, which read its `file`. */
export class ExperimentNode extends TreeItem {
  readonly file: string;
  readonly study: StudyState;

  /** @param silent why nothing is heard of studies now, in a few words */
  constructor({ file, name }: ExperimentFile, study: StudyState, silent?: string) {
    const { snapshot, fault } = study;
    const isEmpty = silent !== undefined && !snapshot;
    super(name, isEmpty ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Expanded);
    const run = silent || !snapshot ? 'none' : snapshot.run;
    this.file = file;
    this.study = study;
    // The editor keeps a node shut that it has once known without children: under another id it is another node.
    this.id = isEmpty ? `${file} alone` : file;
    this.iconPath = silent || fault ? new ThemeIcon('warning') : runIcon(run);
    this.description = silent ?? (fault ? 'cannot be read' : snapshot && describe(snapshot));
    this.tooltip = [workspace.asRelativePath(addressPath(file)), fault?.message ?? snapshot?.message]
      .filter(Boolean)
      .join('\n');
    this.contextValue = [
      'experiment',
      isUnderWay(run) ? 'running' : run === 'imported' || isOutsideModel(file) ? 'study' : 'idle',
      ...(snapshot?.best == null ? [] : ['results']),
    ].join(' ');
    this.command = { title: 'Open dashboard', command: 'vitrine.openDashboard', arguments: [file] };
    this.accessibilityInformation = { label: `Experiment ${name}, ${this.description ?? 'not read yet'}` };
  }

  get children(): ExperimentTreeNode[] {
    const { snapshot } = this.study;
    if (!snapshot) return [];
    const rows = snapshot.leaderboard.slice(0, listedTrials);
    const finals = (snapshot.finals ? finalLines(snapshot.finals) : []).filter(isNoBestTrial);
    return [
      new RunNode(snapshot),
      ...finals.map((line) => new FinalNode(snapshot, line)),
      ...rows.map((row) => new TrialNode(snapshot, row)),
    ];
  }
}

/** The study of a model of another program has the model's name, and nothing to run again. */
const isOutsideModel = (file: string): boolean => /\.onnx$/i.test(addressPath(file));

/** What the run says of itself. */
export class RunNode extends TreeItem {
  constructor({ file, run, message, budget }: StudySnapshot) {
    super(isUnderWay(run) && budget.length > 0 ? budget.map(({ words }) => words).join(', ') : message);
    this.id = `${file} run`;
    this.iconPath = new ThemeIcon(isUnderWay(run) ? 'watch' : 'info');
    this.tooltip = message;
    this.contextValue = 'run';
  }
}

/** The best single model heads the list of trials as it is. */
const isNoBestTrial = ({ roles }: FinalLine): boolean => !roles.includes('single');

/** A model that the search ends with: the ensemble, or the best readable one. */
export class FinalNode extends TreeItem implements TrialTarget {
  readonly file: string;
  readonly trial: Candidate;

  constructor({ file, finals }: StudySnapshot, { title, model }: FinalLine) {
    const of = model.members
      ? `of ${countWords(model.members.length, 'model')}`
      : `${model.learner}, trial ${model.trial}`;
    super(model.members ? `${title} ${of}` : title);
    const score = finals ? objectiveWords(finals.objective, model.metrics[finals.objective.metric]) : '';
    this.file = file;
    this.trial = model.trial ?? 'ensemble';
    this.id = `${file} ${model.role}`;
    this.iconPath = new ThemeIcon(model.trial === null ? 'layers' : 'book');
    this.description = score;
    this.tooltip = [title, of, score].join('\n');
    this.contextValue = 'trial';
    this.command = { title: 'Open model', command: 'vitrine.openTrial', arguments: [{ file, trial: this.trial }] };
    this.accessibilityInformation = { label: `${title}, ${of}, ${score}` };
  }
}

/** One of the best trials. */
export class TrialNode extends TreeItem implements TrialTarget {
  readonly file: string;
  readonly trial: number;

  constructor({ file, objectives, best, run }: StudySnapshot, { trial, learner, values }: LeaderboardRow) {
    super(`Trial ${trial}: ${learner}`);
    const scores = objectives.map((objective, i) => objectiveWords(objective, values[i]));
    this.file = file;
    this.trial = trial;
    this.id = `${file} ${trial}`;
    this.iconPath = new ThemeIcon(trial === best ? 'star-full' : 'circle-small');
    this.description = scores[0];
    this.tooltip = [...(trial === best ? ['The best so far'] : []), ...scores].join('\n');
    this.contextValue = run === 'imported' ? 'study-trial' : 'trial';
    this.command = { title: 'Open trial', command: 'vitrine.openTrial', arguments: [{ file, trial }] };
    this.accessibilityInformation = { label: `Trial ${trial}, ${learner}, ${scores.join(', ')}` };
  }
}

function describe({ run, counts }: StudySnapshot): string {
  if (run === 'none') return runLooks.none.words;
  return `${runLooks[run].words}, ${countWords(counts.complete, 'trial')}`;
}
