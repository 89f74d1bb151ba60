import { SingleBar } from 'cli-progress';
import type { Engine } from '../engine/index.ts';
import { countWords } from '../shared/results/numbers.ts';
import type { StudySnapshot } from '../shared/results/study.ts';
import { metricTitle, metricValue } from './metric-words.ts';
import { limitNewSpace } from './new-space.ts';
import type { Output } from './output.ts';

const pollMilliseconds = 200;

/** Shows a run until it is over: a bar on a terminal, a line for each improvement elsewhere. */
export async function followRun(engine: Engine, file: string, output: Output): Promise<StudySnapshot> {
  const display = output.live ? liveDisplay() : plainDisplay(output);
  const show = async () => display.show(await engine.call('study.show', { file }));
  // Polled, as the store is what other programs write to as well; a read that fails shows again at the end.
  const timer = setInterval(() => {
    limitNewSpace();
    void show().catch(() => undefined);
  }, pollMilliseconds);
  try {
    return await engine.call('run.wait', { file });
  } finally {
    clearInterval(timer);
    display.end();
  }
}

interface Display {
  show(snapshot: StudySnapshot): void;
  end(): void;
}

function liveDisplay(): Display {
  const bar = new SingleBar({
    format: '{bar} {budget} · {trials} trials · {best}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(1_000, 0, { budget: 'getting ready', trials: 0, best: '' });
  return {
    show(snapshot) {
      const finishing = snapshot.run === 'finishing';
      const share = Math.max(0, ...snapshot.budget.map(({ used, allowed }) => (used ?? 0) / allowed));
      bar.update(finishing ? 1_000 : Math.round(1_000 * Math.min(1, share)), {
        budget: finishing
          ? 'refitting and analysing the best'
          : ((snapshot.budget.find(({ limit }) => limit === 'time') ?? snapshot.budget[0])?.words ?? snapshot.message),
        trials: finished(snapshot),
        best: bestWords(snapshot),
      });
    },
    end: () => bar.stop(),
  };
}

function plainDisplay(output: Output): Display {
  let told = '';
  return {
    show(snapshot) {
      const words = snapshot.run === 'finishing' ? 'refitting and analysing the best trial' : bestWords(snapshot);
      if (words === '' || words === told) return;
      told = words;
      if (!output.json) output.remark(`${countWords(finished(snapshot), 'trial')}: ${words}`);
    },
    end: () => undefined,
  };
}

const finished = ({ counts }: StudySnapshot) => counts.complete + counts.pruned + counts.failed;

function bestWords({ leaderboard, objectives }: StudySnapshot): string {
  const best = leaderboard[0];
  if (!best) return '';
  if (best.broken.length > 0) return 'no trial keeps the constraints yet';
  const { metric } = objectives[0];
  return `best ${metricTitle(metric)} ${metricValue(metric, best.values[0])} (${best.learner})`;
}
