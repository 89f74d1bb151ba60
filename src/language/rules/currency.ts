import { parseMoney, parsePrice } from '../../shared/experiment/quantity.ts';
import { diagnostic, type Rule } from '../rule.ts';
import { schemasAt } from '../schema/forms.ts';
import { textAt } from '../texts.ts';

const price = ['energy', 'price'];
const cost = ['budget', 'cost'];

/** No exchange rates here: the budget is counted in the currency in which electricity is paid. */
export const currency: Rule = {
  codes: ['currency-mismatch'],
  *check({ source }) {
    const budget = parseMoney(textAt(source, cost)?.text ?? '');
    const written = textAt(source, price)?.text;
    const paid = parsePrice(written ?? String(schemasAt(price)[0]?.default));
    if (!budget.ok || !paid.ok || budget.value.currency === paid.value.currency) return;
    const [spent, priced] = [budget.value.currency, paid.value.currency];
    const message = `The budget is in ${spent}, but electricity is priced in ${priced}${written ? '' : ' by default'}. Write energy.price in ${spent}/kWh, or the budget in ${priced}.`;
    yield diagnostic('currency-mismatch', source.valueRange(cost), message);
  },
};
