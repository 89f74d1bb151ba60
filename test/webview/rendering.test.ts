import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { browsedGallery, inBrowser } from './browsed-gallery.ts';
import { finishedStudy } from './fixtures/studies.ts';
import { themes } from './fixtures/themes.ts';

/** All that a person could read, through every shadow tree and slot, and what lies outside the page's width. */
const inspect = `(() => {
  const text = [];
  const walk = (node) => {
    if (node.nodeType === 3) text.push(node.data);
    if (node.nodeName === 'SCRIPT' || node.nodeName === 'NOSCRIPT' || node.nodeName === 'STYLE') return;
    const given = node.nodeName === 'SLOT' ? node.assignedNodes() : [];
    for (const child of given.length > 0 ? given : (node.shadowRoot ?? node).childNodes) walk(child);
  };
  walk(document.body);
  const images = (root) => root.querySelectorAll('img').length + [...root.querySelectorAll('*')].reduce((sum, each) => sum + (each.shadowRoot ? images(each.shadowRoot) : 0), 0);
  return { text: text.join(' '), images: images(document), overflow: document.documentElement.scrollWidth - innerWidth };
})()`;

interface Inspection {
  readonly text: string;
  readonly images: number;
  readonly overflow: number;
}

describe('pages in a browser', inBrowser, () => {
  const { pages, open, sent, asked } = browsedGallery();

  it('what the policy refuses is heard', async () => {
    const { page, faults } = await open('dashboard-not-run', 'dark');
    await page.evaluate("document.body.setAttribute('style', 'color: red')");
    await page.waitForTimeout(50);
    assert.match(faults.join(), /Content Security Policy/);
    await page.close();
  });

  it('every scene draws in every theme: no fault, no refused style or script, nothing cut off or unspeakable', async () => {
    const themed = Object.keys(themes);
    for (const [index, { name, theme }] of pages().entries()) {
      // Each scene in one theme, turn by turn; a theme differs only in its colours.
      if (!name.startsWith('report') && theme !== themed[index % themed.length]) continue;
      const { page, faults } = await open(name, theme);
      await page.waitForTimeout(120);
      const { text, images, overflow } = await page.evaluate<Inspection>(inspect);
      const where = `${name} in ${theme}`;
      assert.deepEqual(faults, [], where);
      assert.ok(text.trim().length > 20, `${where} shows nothing`);
      assert.doesNotMatch(text, /undefined|\bNaN\b|\[object|\bnull\b/, where);
      assert.equal(images, 0, `${where}: a name became an element`);
      assert.ok(overflow <= 0, `${where} is ${overflow} px too wide`);
      await page.close();
    }
  });

  it('run, stop and a trial of the leaderboard go to the host, by keys alone', async () => {
    const { page } = await open('dashboard-finished', 'dark');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /^Open trial .* rank 1$/ }).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    const commands = (await sent(page)).filter(({ type }) => type === 'command');
    assert.deepEqual(
      commands.map((message) => message.type === 'command' && message.command),
      ['run', 'openTrial'],
    );
    await page.close();
    const { page: searching } = await open('dashboard-searching', 'dark');
    await searching.getByRole('button', { name: 'Stop' }).click();
    await searching.getByRole('button', { name: 'Stopping' }).waitFor();
    await searching.close();
  });

  it('a model is edited by keys alone, what is refused is taken back, and a stroke over a graph chooses the range', async () => {
    const { page, faults } = await open('trial-edit', 'dark');
    const told = async (operation: string) =>
      (await sent(page))
        .flatMap((message) => (message.type === 'request' && message.operation === operation ? [message.input] : []))
        .at(-1);
    await page.getByRole('button', { name: 'Edit this model' }).press('Enter');
    const mode = page.getByRole('region', { name: 'Edit this model' });
    await mode.getByRole('textbox', { name: 'Range from' }).fill('30');
    await mode.getByRole('textbox', { name: 'Range to' }).fill('45');
    await mode.getByRole('button', { name: 'Flatten' }).press('Enter');
    await mode.getByText('age is flat from 30 to 45').waitFor();
    assert.equal(await mode.locator('path.before').count(), 1, 'the graph as it was stays, dashed');
    const trial51 = { file: finishedStudy.file, trial: 51 };
    const flat = { kind: 'flatten', column: 'age', range: { kind: 'numbers', from: 30, to: 45 } };
    assert.deepEqual(await told('edit.preview'), { ...trial51, edits: [flat] });
    await mode.getByRole('textbox', { name: 'Range to' }).fill('20');
    await mode.getByRole('button', { name: 'Flatten' }).press('Enter');
    await mode.getByText('cannot begin at 30 and end at 20').waitFor();
    assert.equal(await mode.getByRole('list', { name: 'Edits' }).getByRole('listitem').count(), 1);
    const box = await mode.locator('vitrine-step-curve svg').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.75 * box.width, box.y + 40);
    await page.mouse.up();
    assert.match(await mode.getByRole('textbox', { name: 'Range from' }).inputValue(), /^5[2-4]/);
    assert.match(await mode.getByRole('textbox', { name: 'Range to' }).inputValue(), /^7[0-2]/);
    await mode.getByRole('textbox', { name: 'Why' }).fill('a bump by chance');
    await mode.getByRole('button', { name: 'Save as edited model' }).press('Enter');
    await mode.getByText(/^Edit 1 of trial 51/).waitFor();
    assert.deepEqual(await told('edit.save'), { ...trial51, edits: [flat], note: 'a bump by chance' });
    assert.deepEqual(faults, []);
    await page.close();
    const { page: levels } = await open('trial-edit-levels', 'light');
    await levels.getByRole('button', { name: 'Edit this model' }).click();
    await levels.getByRole('checkbox', { name: 'Dream' }).check();
    await levels.getByRole('checkbox', { name: 'Biscoe' }).check();
    await levels.getByRole('button', { name: 'Flatten' }).click();
    await levels.getByText('Island is flat at Dream and Biscoe for Adelie').waitFor();
    await levels.close();
  });

  it('the way of the chosen row is marked in a tree, another row can be followed, and a question folded', async () => {
    const { page, faults } = await open('trial-reading-tree-narrow', 'dark');
    const reading = page.locator('vitrine-model-reading');
    const end = reading.locator('[aria-current="true"]');
    assert.match((await end.textContent()) ?? '', /Adelie 97 %[\s\S]*row 188/);
    await reading.getByRole('textbox', { name: 'Row to follow' }).fill('61');
    await reading.getByText('row 61', { exact: true }).waitFor();
    assert.match((await end.textContent()) ?? '', /Chinstrap 98 %/);
    await reading.getByRole('textbox', { name: 'Row to follow' }).fill('9999');
    await reading.getByText('Rows 0 to 274 can be followed.').waitFor();
    await reading.getByRole('button', { name: 'Beak Length (mm) <= 43.35 or missing?' }).click();
    assert.equal(await reading.getByText('Body Mass (g) <= 4,125?').count(), 0);
    await reading.getByRole('button', { name: 'View as table' }).click();
    await reading.getByRole('columnheader', { name: 'Yes to' }).waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('rules that hold for the chosen row say so', async () => {
    const { page } = await open('trial-reading-rules', 'light');
    const reading = page.locator('vitrine-model-reading');
    assert.equal(await reading.getByRole('listitem').count(), 4);
    assert.equal(await reading.getByText('holds for row 188').count(), 2);
    await page.close();
  });

  it('the chart says itself in words, and turns into a table and CSV', async () => {
    const { page } = await open('dashboard-finished', 'light');
    assert.match(
      (await page.getByRole('img', { name: /^Improved/ }).getAttribute('aria-label')) ?? '',
      /last at trial/,
    );
    await page.getByRole('button', { name: 'View as table' }).click();
    await page.getByRole('columnheader', { name: 'After' }).waitFor();
    await page.getByRole('button', { name: 'Save as CSV' }).first().click();
    const saved = (await sent(page)).find((message) => message.type === 'command' && message.command === 'save');
    assert.ok(saved?.type === 'command' && saved.command === 'save');
    assert.match(saved.input.content, /^Trial,Log loss,After\r\n0,/);
    await page.close();
  });

  it('what the search ends with: members and models open their trials, terms explain themselves, all is CSV', async () => {
    const { page } = await open('dashboard-finals', 'light');
    const finals = page.getByRole('region', { name: 'What the search ends with' });
    await finals.getByRole('rowheader', { name: /^Ensemble of 8 models/ }).waitFor();
    await finals.getByRole('button', { name: 'Show 2 lighter ones' }).click();
    await finals.getByRole('button', { name: 'Show the heaviest 6' }).waitFor();
    await finals.getByRole('button', { name: 'trial 29' }).click();
    await finals.getByRole('button', { name: 'mlp' }).first().click();
    const opened = (await sent(page)).flatMap((message) =>
      message.type === 'command' && message.command === 'openTrial' ? [message.input.trial] : [],
    );
    assert.deepEqual(opened, [29, 33]);
    assert.match(
      (await finals.getByText(/^Sets of classes that promise/).getAttribute('title')) ?? '',
      /Promised and held: 80 % and 82\.6 %/,
    );
    await finals.getByRole('button', { name: 'Save as CSV' }).click();
    const saved = (await sent(page)).find((message) => message.type === 'command' && message.command === 'save');
    assert.ok(saved?.type === 'command' && saved.command === 'save');
    assert.equal(saved.input.name, 'penguins-final-models.csv');
    await page.close();
  });

  it('nothing is shown of final models before there are any, and in the report they are no buttons', async () => {
    const { page: early } = await open('dashboard-searching', 'dark');
    await early.getByRole('region', { name: 'Leaderboard' }).waitFor();
    assert.equal(await early.locator('vitrine-final-models').count(), 0);
    await early.close();
    const { page } = await open('report-full', 'light');
    const finals = page.getByRole('region', { name: 'What the search ends with' });
    await finals.getByText('Best readable model').waitFor();
    assert.equal(await finals.getByRole('button', { name: /trial|mlp/ }).count(), 0);
    await page.close();
  });

  it('scores by fold begin with those that are told; the others are a press away', async () => {
    const { page } = await open('trial-configuration', 'dark');
    assert.equal(await page.getByRole('cell', { name: 'Brier score' }).count(), 0);
    await page.getByRole('button', { name: 'Show all 8 metrics' }).click();
    await page.getByRole('cell', { name: 'Brier score' }).waitFor();
    await page.getByRole('button', { name: 'Show 4 metrics' }).click();
    await page.getByRole('cell', { name: 'Brier score' }).waitFor({ state: 'detached' });
    await page.close();
  });

  it('tabs go by arrow keys, and the open one is kept', async () => {
    const { page } = await open('trial-explanation', 'dark');
    await page.getByRole('tab', { name: 'Explanation' }).focus();
    for (const _ of ['What if', 'Data', 'Robustness']) await page.keyboard.press('ArrowRight');
    assert.equal(
      await page
        .getByRole('tab', { selected: true })
        .textContent()
        .then((text) => text?.trim()),
      'Robustness',
    );
    await page.getByText('Smallest edits that flip').waitFor();
    await page.keyboard.press('End');
    await page.getByRole('img', { name: /^Dense 64, dense/ }).waitFor();
    await page.close();
  });

  it('an attack shows its progress and can be cancelled', async () => {
    const { page } = await open('trial-attacking', 'dark');
    await page.getByRole('button', { name: 'Attack this trial' }).click();
    await page.getByText('Attacking row 116 of 275').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Attack this trial' }).waitFor();
    assert.ok((await sent(page)).some(({ type }) => type === 'cancel'));
    await page.close();
  });

  it('a refused explanation says why and what to do', async () => {
    const { page } = await open('trial-refused', 'light');
    await page.getByRole('button', { name: 'Explain this trial' }).click();
    await page.getByRole('alert').getByText('Run the experiment again').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.close();
  });

  it('a row is edited: each key asks for its prediction, a field for its sweep, and a flip can be applied', async () => {
    const { page, faults } = await open('trial-what-if-1000', 'dark');
    const length = page.locator('li', { hasText: 'bill_length_mm' }).locator('input').first();
    await length.fill('71');
    await page.getByText('Adelie 85.3 % → Chinstrap 88.2 %').waitFor();
    const [first, ...others] = await asked(page, 'trial.whatIf');
    assert.deepEqual([first.row, first.form, first.changes], [0, true, {}]);
    assert.ok(
      others.some(({ changes, form }) => form !== true && JSON.stringify(changes) === '{"bill_length_mm":"71"}'),
    );
    assert.ok(others.some(({ sweep }) => sweep === 'bill_length_mm'));
    await page.locator('li', { hasText: 'body_mass_g' }).locator('input').first().focus();
    await page.getByText('Only body_mass_g changes').waitFor();
    await page.getByRole('tab', { name: 'Data' }).click();
    await page.getByRole('tab', { name: 'What if' }).click();
    await page.getByText('Adelie 85.3 % → Chinstrap 88.2 %').waitFor();
    await page.getByRole('button', { name: 'Reset 1 edit' }).click();
    await page.locator('.said', { hasText: /^Adelie 85.3 %$/ }).waitFor();
    await page.getByRole('button', { name: 'Apply' }).last().click();
    await page.getByRole('button', { name: 'Reset 2 edits' }).waitFor();
    const latest = (await asked(page, 'trial.whatIf')).filter(({ explain }) => explain === 'none').at(-1);
    assert.deepEqual(latest?.changes, { bill_length_mm: '71', island: 'Dreem' });
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('a row is followed through the steps of the pipeline', async () => {
    const { page } = await open('trial-data-steps-1000', 'light');
    await page.locator('.trace', { hasText: 'Row 0: bill_length_mm, which is missing, becomes 44.5' }).waitFor();
    await page.locator('vitrine-data-steps input').fill('12');
    await page.locator('.trace', { hasText: 'Row 12: bill_length_mm, which is missing' }).waitFor();
    assert.deepEqual(
      (await asked(page, 'trial.steps')).map(({ row }) => row),
      [0, 12],
    );
    await page.close();
  });

  it('the search explains itself at once from its record, and by analyses only when they are asked for', async () => {
    const { page, faults } = await open('dashboard-search', 'dark');
    assert.deepEqual(await asked(page, 'search.record'), []);
    await page.getByRole('tab', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'Explore against exploit' }).waitFor();
    assert.deepEqual(await asked(page, 'search.importance'), []);
    for (const name of ['Look ahead', 'Find what matters', 'Draw the dependence', 'Draw the map', 'Follow the front'])
      await page.getByRole('button', { name }).click();
    for (const name of [
      'May I stop?',
      'Which hyperparameters matter',
      'Partial dependence',
      'How much of the space was seen',
      'Importance along the front',
    ])
      await page.locator('vitrine-figure').getByRole('heading', { name }).waitFor();
    const { text, overflow } = await page.evaluate<Inspection>(inspect);
    assert.doesNotMatch(text, /undefined|\bNaN\b|\[object|\bnull\b/);
    assert.match(text, /Going on is likely to pay/);
    assert.match(text, /Only 38 trials for 28 hyperparameters/);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('the slider goes back in the search by keys; analyses that were asked for follow to that moment', async () => {
    const { page } = await open('dashboard-search', 'light');
    await page.getByRole('tab', { name: 'Search' }).click();
    await page.getByRole('button', { name: 'Find what matters' }).click();
    await page.locator('vitrine-hyperparameter-importance').waitFor();
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByText('are as it stood when 38 of 40 trials had ended').waitFor();
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^When 38 of 40 trials had ended/);
    const importance = await asked(page, 'search.importance');
    assert.deepEqual(
      importance.map(({ until }) => until),
      [undefined, 39, 38],
    );
    assert.deepEqual(await asked(page, 'search.footprint'), [], 'nobody asked for the map');
    await page.getByRole('button', { name: 'Now' }).click();
    await page.getByText('are as it stood when').waitFor({ state: 'detached' });
    await page.close();
  });

  it('another method is asked for in place of the first, and its path is drawn', async () => {
    const { page } = await open('dashboard-search', 'dark');
    await page.getByRole('tab', { name: 'Search' }).click();
    await page.getByRole('button', { name: 'Find what matters' }).click();
    await page.locator('vitrine-hyperparameter-importance').waitFor();
    await page.getByLabel('Importance', { exact: true }).first().click();
    await page.getByRole('option', { name: /ablation/ }).click();
    await page.getByText('From the default to the best, as the model foretells it').waitFor();
    assert.deepEqual(
      (await asked(page, 'search.importance')).map(({ method }) => method),
      ['fanova', 'ablation'],
    );
    await page.close();
  });

  it('trials that spoke for this one are links to them', async () => {
    const { page } = await open('trial-why', 'light');
    await page.getByRole('button', { name: 'trial 28' }).first().click();
    const opened = (await sent(page)).find((message) => message.type === 'command' && message.command === 'openTrial');
    assert.ok(opened?.type === 'command' && opened.command === 'openTrial');
    assert.equal(opened.input.trial, 28);
    await page.getByRole('cell', { name: 'boosting.leaves 40 instead of 31' }).waitFor();
    await page.close();
  });

  it('charts follow the theme', async () => {
    const { page } = await open('dashboard-finished', 'dark');
    const shot = () => page.locator('vitrine-chart').screenshot();
    await page.waitForTimeout(200);
    const dark = await shot();
    await page.evaluate("document.documentElement.style.setProperty('--vscode-charts-blue', '#ff00ff')");
    await page.waitForTimeout(200);
    assert.notDeepEqual(await shot(), dark);
    await page.close();
  });

  it('the report tells every explanation in words, leads to each, and prints what is folded', async () => {
    const { page, faults } = await open('report-explained', 'light');
    const words = page.locator('vitrine-figure p.summary.words');
    assert.ok((await words.count()) >= 20, 'words beside the drawings');
    await page.getByRole('navigation', { name: 'Contents' }).getByText('fairness', { exact: true }).click();
    await page.locator('vitrine-fairness:focus').waitFor();
    await page.getByText('too many for this page').waitFor();
    await page.getByRole('button', { name: 'Drawings alone' }).click();
    await page.getByRole('button', { name: 'Drawings and words' }).waitFor();
    assert.equal(await words.count(), 0);
    const unfolded = () => page.locator('details[open]').count();
    const before = await unfolded();
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    assert.equal(await unfolded(), await page.locator('details').count());
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    assert.equal(await unfolded(), before);
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('the report switches between light and dark, and prints light', async () => {
    const { page } = await open('report-full', 'dark');
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    assert.equal(await background(), 'rgb(18, 19, 20)');
    await page.getByRole('button', { name: 'Light or dark' }).click();
    assert.equal(await background(), 'rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    assert.equal(await background(), 'rgb(255, 255, 255)');
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    assert.equal(await background(), 'rgb(18, 19, 20)');
    await page.close();
  });
});
