/**
 * Spellings that mean 'no value', upper and lower case as listed ("Na" stays sodium). After pandas' own list
 * (pandas.read_csv, `na_values`), with the "?" of the UCI tables.
 */
export const missingSpellings: readonly string[] = [
  '',
  '?',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  '#NA',
  '<NA>',
  'NaN',
  'nan',
  '-nan',
  '-NaN',
  'NAN',
  'null',
  'NULL',
  'Null',
  'None',
];
