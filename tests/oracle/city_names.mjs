// The cities that stand for time zones by their Dutch names, where they have one, from the npm package cldr-dates-full (Unicode CLDR):
// node tests/oracle/city_names.mjs FOLDER_OF_THE_PACKAGE > crates/i18n/data/cities.nl.tsv

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const zones = (language) => {
  const file = join(process.argv[2], 'main', language, 'timeZoneNames.json');
  const cities = {};
  const walk = (node, path) => {
    for (const [name, inner] of Object.entries(node)) {
      if (inner.exemplarCity) cities[[...path, name].join('/')] = inner.exemplarCity;
      else if (typeof inner === 'object') walk(inner, [...path, name]);
    }
  };
  walk(JSON.parse(readFileSync(file, 'utf8')).main[language].dates.timeZoneNames.zone, []);
  return cities;
};

const source = readFileSync(new URL('../../crates/domain/data/places.tsv', import.meta.url), 'utf8');
const [english, dutch] = [zones('en'), zones('nl')];
for (const [, zone, city] of source.matchAll(/^([^\t#]+)\t([^\t]+)\t/gm)) {
  // In English most are left to the name of the zone. One that `domain` calls by another name is left alone.
  const named = english[zone] ?? zone.split('/').at(-1).replaceAll('_', ' ');
  if (named === city && dutch[zone] && dutch[zone] !== city) console.log(`${zone}\t${dutch[zone]}`);
}
