import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  bytesWords,
  durationWords,
  energyWords,
  massWords,
  moneyWords,
  parseBytes,
  parseDuration,
  parseEnergy,
  parseMass,
  parseMoney,
  parsePrice,
  priceWords,
  type Reading,
} from '../../../src/shared/experiment/quantity.ts';

type Parser = (text: string) => Reading<unknown>;

const read: readonly [Parser, string, unknown][] = [
  [parseDuration, '60s', 60],
  [parseDuration, '10m', 600],
  [parseDuration, '10 min', 600],
  [parseDuration, '1h30m', 5400],
  [parseDuration, ' 1d 2h ', 93_600],
  [parseDuration, '250ms', 0.25],
  [parseEnergy, '20Wh', 20],
  [parseEnergy, '0.5 kWh', 500],
  [parseEnergy, '3600J', 1],
  [parseMass, '10g', 10],
  [parseMass, '1kg', 1000],
  [parseMoney, '0.10 EUR', { amount: 0.1, currency: 'EUR' }],
  [parseMoney, '3usd', { amount: 3, currency: 'USD' }],
  [parsePrice, '0.25 EUR/kWh', { perKilowattHour: 0.25, currency: 'EUR' }],
  [parsePrice, '90 eur / MWh', { perKilowattHour: 0.09, currency: 'EUR' }],
  [parseBytes, '2GB', 2e9],
  [parseBytes, '512MiB', 512 * 1024 * 1024],
];

const refused: readonly [Parser, string, RegExp, string?][] = [
  [parseDuration, '60', /"60" has no unit/, '60s'],
  [parseDuration, '0s', /more than zero/],
  [parseDuration, '-5m', /more than zero/],
  [parseDuration, '1e400s', /finite/],
  [parseDuration, '', /missing/],
  [parseDuration, 'soon', /not a duration/],
  [parseDuration, '30m1h', /larger units first/],
  [parseDuration, '1h-5m', /larger units first/],
  [parseDuration, '10M', /no unit of a duration/, '10m'],
  [parseEnergy, '20wh', /"wh" is no unit of an energy/, '20Wh'],
  [parseEnergy, '1kWh 2Wh', /not an energy/],
  [parseMass, '0g', /more than zero/],
  [parseMoney, '0.10', /three-letter currency/, '0.10 EUR'],
  [parseMoney, '$3', /three-letter currency/, '3 USD'],
  [parseMoney, '-1 EUR', /more than zero/],
  [parsePrice, '0.25 EUR', /price of energy/, '0.25 EUR/kWh'],
  [parsePrice, '0 EUR/kWh', /more than zero/],
  [parseBytes, '2gb', /no unit of a size/, '2GB'],
  [parseBytes, '0.2B', /more than zero/],
];

suite('quantities', () => {
  for (const [parse, text, value] of read)
    test(`${parse.name}: ${text} is read`, () => assert.deepEqual(parse(text), { ok: true, value }));

  for (const [parse, text, problem, suggestion] of refused)
    test(`${parse.name}: ${text || 'nothing'} is refused`, () => {
      const reading = parse(text);
      assert.ok(!reading.ok);
      assert.match(reading.problem, problem);
      assert.equal(reading.suggestion, suggestion);
      if (suggestion) assert.ok(parse(suggestion).ok, 'what is suggested can be read');
    });

  test('words can be read back', () => {
    const back = (reading: Reading<unknown>) => reading.ok && reading.value;
    for (const seconds of [0.25, 1, 59.5, 60, 600, 5400, 86_400, 90_061])
      assert.equal(back(parseDuration(durationWords(seconds))), seconds);
    for (const wattHours of [0.5, 20, 500, 1500, 2e6])
      assert.equal(back(parseEnergy(energyWords(wattHours))), wattHours);
    for (const grams of [0.004, 10, 1234]) assert.equal(back(parseMass(massWords(grams))), grams);
    for (const count of [12, 1500, 2e9]) assert.equal(back(parseBytes(bytesWords(count))), count);
    assert.equal(moneyWords({ amount: 0.1, currency: 'EUR' }), '0.10 EUR');
    assert.equal(moneyWords({ amount: 0.00042, currency: 'EUR' }), '0.00042 EUR');
    assert.equal(priceWords({ perKilowattHour: 0.25, currency: 'EUR' }), '0.25 EUR/kWh');
    assert.equal(durationWords(5400), '1h30m');
  });
});
