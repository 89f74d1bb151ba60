import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CohortCondition, CohortData } from '../../../src/shared/cohort/cohort.ts';
import { cohortWords } from '../../../src/shared/cohort/cohort-words.ts';
import { parseConditions } from '../../../src/shared/cohort/parse-condition.ts';
import type { ColumnInfo, ColumnType } from '../../../src/shared/dataset.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { conditions as schema } from '../../../src/shared/operations/cohort-schema.ts';

const column = (name: string, type: ColumnType, levels?: readonly string[]): ColumnInfo => ({
  name,
  type,
  reason: 'fixture',
  role: 'feature',
  missing: 0,
  distinct: levels?.length ?? 40,
  ...(levels && { levels: levels.map((level) => ({ level, count: 9 })) }),
});

const columns = [
  column('age', 'integer'),
  column('body mass', 'number'),
  column('joined', 'date'),
  column('sex', 'category', ['female', 'male']),
  column('town', 'category', ['York', 'Leeds and Bradford', "King's Lynn"]),
  column('loss', 'number'),
  { ...column('name', 'id'), role: 'ignored' as const },
];
const people: CohortData = { columns, target: 'smokes', classes: ['no', 'yes'] };
const charges: CohortData = { columns, target: 'charges' };

const read: readonly (readonly [text: string, words: string, data?: CohortData])[] = [
  ['age > 45', 'age above 45'],
  ['age>=45 and age<60', 'age at least 45, below 60'],
  ['age between 30 and 45 and sex = male', 'age at least 30, at most 45 and sex is male'],
  ['body mass <= 3.5e3', 'body mass at most 3,500'],
  ['"body mass" is above 3', 'body mass above 3'],
  ['age = 30 or missing', 'age is 30 or missing'],
  ['age is missing', 'age is missing'],
  ['joined > 2020-12-31', 'joined above 2020-12-31'],
  ['sex is not male', 'sex is not male'],
  ['sex != male', 'sex is not male'],
  ['town = "Leeds and Bradford"', 'town is Leeds and Bradford'],
  ["town in (York, King's Lynn)", "town is York or King's Lynn"],
  ['town is York and smokes = yes', 'town is York and actually yes'],
  ['predicted = yes and actual = no', 'predicted yes though it is no'],
  ['actual = yes; predicted = yes', 'rightly predicted yes'],
  ['wrong', 'predicted wrong'],
  ['rows 12, 4 and wrong', '2 chosen rows and predicted wrong'],
  ['predicted right', 'predicted right'],
  ['probability of yes between 0.4 and 0.6', 'probability of yes at least 0.4, at most 0.6'],
  ['the loss > 0.7', 'loss above 0.7'],
  ['charges > 1000', 'actual value above 1,000', charges],
  ['prediction < 10 and residual >= 2', 'prediction below 10 and truth less prediction at least 2', charges],
];

describe('conditions of a cohort', () => {
  for (const [text, words, data = people] of read)
    it(`reads ${text}`, () => {
      const conditions = parseConditions(text, data);
      assert.equal(cohortWords(conditions), words);
      assert.deepEqual(schema.parse(conditions), conditions, 'an operation takes them as they are');
    });
  it('takes a quoted name for a column, whatever else is called so', () => {
    const [condition] = parseConditions('"loss" > 3', people);
    const expected: CohortCondition = {
      kind: 'numbers',
      column: 'loss',
      low: { value: 3, included: false },
      high: null,
      missing: false,
    };
    assert.deepEqual(condition, expected);
  });
});

const refused: readonly (readonly [text: string, message: RegExp, advice: RegExp, data?: CohortData])[] = [
  ['agee > 45', /at character 1: there is no column "agee"/, /Did you mean "age"\?/],
  ['age > 4 and seks = male', /at character 13: there is no column "seks"/, /Did you mean "sex"\?/],
  ['age > old', /at character 7: "old" is no number/, /compared with numbers/],
  ['age >', /the value of "age" is missing/, /./],
  ['age', /what holds of "age" is missing/, /age > 2/],
  ['age != 3', /rows can be above or below/, /age <= 2/],
  ['joined > soon', /"soon" is no date/, /2020-12-31/],
  ['sex > 3', /"sex" is of type category, which has no order/, /sex = female/],
  ['sex = femal', /at character 7: no row has "femal" in the column "sex"/, /Did you mean "female"\?/],
  ['sex = x', /no row has "x"/, /It has female or male/],
  ['sex', /what holds of "sex" is missing/, /sex is missing/],
  ['town in (York, Leeds and Bradford', /bracket is not closed/, /./],
  ['smokes = maybe', /there is no class "maybe"/, /Classes are no or yes/],
  ['probability of maybe > 0.5', /there is no class "maybe"/, /Classes are no or yes/],
  ['prediction > 3', /classes are predicted, so there is no prediction/, /predicted = no/],
  ['loss > 3', /there is a column "loss", too/, /"the loss"/],
  ['wrong', /a number is predicted, so no row is wrong/, /residual/, charges],
  ['age > 3 or sex = male', /"or sex = male" is not understood|missing/, /and/],
  ['', /a column is missing here/, /age > 45/],
];

describe('conditions that cannot be read', () => {
  for (const [text, message, advice, data = people] of refused)
    it(`says what is wrong with '${text}'`, () => {
      assert.throws(
        () => parseConditions(text, data),
        (error) => {
          assert.ok(error instanceof UserError, String(error));
          assert.match(error.message, message);
          assert.match(error.advice ?? '', advice);
          return true;
        },
      );
    });
});
