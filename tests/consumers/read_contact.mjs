// Reads contact files with ical.js, which knows vCard 4.0; one JSON line a file.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'node_modules', 'from.js'));
const ICAL = await import(require.resolve('ical.js')).then((module) => module.default ?? module);

function read(raw) {
  const card = new ICAL.Component(ICAL.parse(raw));
  const text = (name) => [card.getFirstPropertyValue(name) ?? ''].flat().map(String).join(';');
  const address = card.getFirstProperty('adr');
  // RFC 6350: box, extended address, then the five that we fill.
  const parts = address ? address.getFirstValue().slice(2) : [];
  return {
    version: text('version'), uid: text('uid'), rev: text('rev'), name: text('fn'), organisation: text('org'),
    title: text('title'), email: text('email'), phone: text('tel'),
    address: parts, label: address?.getParameter('label') ?? '',
    zone: text('tz'), url: text('url'), source: text('source'), photo: text('photo'),
  };
}

for (const file of process.argv.slice(2)) {
  let fields;
  try { fields = read(readFileSync(file, 'utf8')); } catch (error) { fields = { error: String(error) }; }
  console.log(JSON.stringify({ file, reader: 'ical.js 2', fields }));
}
