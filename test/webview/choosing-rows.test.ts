import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { browsedGallery, inBrowser } from './browsed-gallery.ts';

describe('choosing rows in the panel of a trial', inBrowser, () => {
  const { open, asked } = browsedGallery();

  it('a weak slice becomes the rows that every view is of, and these can be read, sorted and explained', async () => {
    const { page, faults } = await open('trial-cohort-1000', 'light');
    await page.getByRole('button', { name: 'bmi above 30.7 and smoker is yes' }).click();
    const bar = page.locator('vitrine-cohort-bar');
    await bar.getByText('Cohort: bmi above 30.7 and smoker is yes').waitFor();
    await bar.getByText('(66 rows of 1,200)').waitFor();
    await bar.locator('vitrine-cohort-figures').getByText('all rows 0.879').waitFor();
    const [{ cohort }] = await asked(page, 'cohort.show');
    await bar.getByRole('button', { name: 'Rows', exact: true }).click();
    await bar.getByRole('button', { name: 'age', exact: true }).click();
    const ages = await bar.locator('vitrine-table tbody tr td:nth-child(5)').allTextContents();
    assert.deepEqual(
      ages.map(Number),
      ages.map(Number).toSorted((a, b) => b - a),
    );
    await bar.getByRole('button', { name: '32', exact: true }).click();
    assert.deepEqual(await asked(page, 'trial.explain'), [
      { file: '/home/ada/penguins/penguins.vitrine.yaml', trial: 33, cohort, row: 32 },
    ]);
    await bar.getByRole('button', { name: 'Name this cohort' }).click();
    await bar.getByRole('textbox', { name: 'Name of the cohort' }).fill('stout smokers');
    await bar.getByRole('button', { name: 'Keep' }).click();
    assert.deepEqual((await asked(page, 'cohort.keep')).at(-1), {
      file: '/home/ada/penguins/penguins.vitrine.yaml',
      name: 'stout smokers',
      cohort,
    });
    await bar.getByRole('button', { name: 'All rows' }).click();
    await bar.getByText('All 1,200 rows').waitFor();
    await page.getByRole('button', { name: 'region is not southeast' }).click();
    await bar.getByText('Cohort: region is not southeast').waitFor();
    await page.getByRole('button', { name: 'smoker is not no' }).click();
    await bar.getByText('Cohort: region is not southeast and smoker is not no').waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('cells of a confusion, leaves of a tree and brushed stretches choose rows; what somebody writes is sent as it is', async () => {
    const chosen = async (name: string, choose: (page: Page) => Promise<unknown>) => {
      const { page, faults } = await open(name, 'dark');
      await choose(page);
      await page
        .locator('vitrine-cohort-bar')
        .getByText(/^Cohort: /)
        .waitFor();
      const inputs = await asked(page, 'cohort.show');
      assert.deepEqual(faults, []);
      await page.close();
      return inputs.at(-1)?.cohort as readonly Record<string, unknown>[];
    };
    const drag = async (page: Page, target: string) => {
      const box = await page.locator(target).first().boundingBox();
      assert.ok(box, target);
      await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.2 * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.7 * box.height, { steps: 3 });
      await page.mouse.up();
    };
    const cell = await chosen('trial-decisions-classes-1000', (page) =>
      page.locator('vitrine-decisions vitrine-table').getByRole('button', { name: '24', exact: true }).click(),
    );
    assert.deepEqual(cell, [
      { kind: 'predicted', classes: ['Adelie'], isNot: false },
      { kind: 'actual', classes: ['Chinstrap'], isNot: false },
    ]);
    const leaf = await chosen('trial-surrogate-tree-1000', (page) =>
      page.locator('vitrine-surrogate-tree').getByRole('button', { name: 'Chinstrap 95 %' }).click(),
    );
    assert.deepEqual(
      leaf.map(({ kind, column }) => [kind, column]),
      [
        ['numbers', 'Flipper Length (mm)'],
        ['numbers', 'Beak Length (mm)'],
        ['levels', 'Island'],
      ],
    );
    const residuals = await chosen('trial-decisions-numbers-1000', (page) => drag(page, 'vitrine-brush'));
    assert.deepEqual(
      residuals.map(({ kind, of }) => [kind, of]),
      [
        ['outcome', 'prediction'],
        ['outcome', 'residual'],
      ],
    );
    const [stretch] = await chosen('trial-effects-1000', (page) => drag(page, 'vitrine-effect-curve vitrine-brush'));
    assert.equal(stretch.column, 'age');
    const ends = [stretch.low, stretch.high].map((end) => (end as { value: number }).value);
    assert.ok(Math.abs(ends[0] - (17 + 0.3 * 73)) < 1 && Math.abs(ends[1] - (17 + 0.6 * 73)) < 1, String(ends));
    const { page } = await open('trial-cohort-1000', 'dark');
    await page.getByRole('textbox', { name: 'Only rows where' }).fill('age > 45 and wrong');
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText(/^Cohort: /).waitFor();
    assert.deepEqual((await asked(page, 'cohort.show')).at(-1)?.where, ['age > 45 and wrong']);
    await page.close();
  });
});
