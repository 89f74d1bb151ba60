import type { CodedColumn, Column, Table } from './table.ts';

/** The rows of one table under those of another with the same columns; levels are matched by their text. */
export const stack = (upper: Table, lower: Table): Table => ({
  rowCount: upper.rowCount + lower.rowCount,
  columns: upper.columns.map((column, i) => stackColumn(column, lower.columns[i])),
});

function stackColumn(upper: Column, lower: Column): Column {
  if (upper.kind === 'numeric' && lower.kind === 'numeric') {
    const values = new Float64Array(upper.values.length + lower.values.length);
    values.set(upper.values);
    values.set(lower.values, upper.values.length);
    return { ...upper, values };
  }
  if (upper.kind === 'coded' && lower.kind === 'coded') return stackCoded(upper, lower);
  throw new RangeError(`column "${upper.name}" (${upper.kind}) cannot stand above "${lower.name}" (${lower.kind})`);
}

function stackCoded(upper: CodedColumn, lower: CodedColumn): CodedColumn {
  const codes = new Int32Array(upper.codes.length + lower.codes.length);
  codes.set(upper.codes);
  if (upper.levels === lower.levels) {
    codes.set(lower.codes, upper.codes.length);
    return { ...upper, codes };
  }
  const levels = [...upper.levels];
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const translated = lower.levels.map((level) => {
    const known = codeOf.get(level);
    return known ?? levels.push(level) - 1;
  });
  for (let row = 0; row < lower.codes.length; row++) {
    const code = lower.codes[row];
    codes[upper.codes.length + row] = code < 0 ? -1 : translated[code];
  }
  return { ...upper, codes, levels };
}
