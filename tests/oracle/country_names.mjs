// The names of the countries in Dutch, by the Intl of Node (Unicode CLDR), beside the English names that are stored and searched:
// node tests/oracle/country_names.mjs > crates/i18n/data/countries.nl.tsv

import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../../crates/domain/${path}`, import.meta.url), 'utf8');
const dutch = new Intl.DisplayNames('nl', { type: 'region', style: 'long' });
const names = new Map();
// Addresses have the long names, time zones sometimes shorter ones.
for (const [, code, name] of read('src/account/country_names.rs').matchAll(/^ {4}\("([A-Z]{2})", "(.+)"\)/gm)) names.set(name, dutch.of(code));
for (const [, code, name] of read('data/countries.tsv').matchAll(/^([A-Z]{2})\t(.+)$/gm)) {
  if (!/^(EU|EZ|UN|QO|XA|XB|ZZ)$/.test(code)) names.set(name, dutch.of(code));
}
// In the order in which a Dutch list has them.
const { compare } = new Intl.Collator('nl');
for (const [english, own] of [...names].sort(([, one], [, other]) => compare(one, other))) console.log(`${english}\t${own}`);
