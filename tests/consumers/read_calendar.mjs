// Reads calendar files with ical.js 2 and 1.5 (inside ical-expander) and node-ical; one JSON line a file and reader.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'node_modules', 'from.js'));
const expander = createRequire(require.resolve('ical-expander'));
const newer = await import(require.resolve('ical.js')).then((module) => module.default ?? module);
const older = expander('ical.js');
const nodeIcal = require('node-ical');

const utc = (date) => date.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
const bare = (text) => String(text).replace(/^mailto:/i, '');

function withIcalJs(ICAL, raw) {
  const calendar = new ICAL.Component(ICAL.parse(raw));
  const events = calendar.getAllSubcomponents('vevent');
  if (events.length !== 1) throw new Error(`${events.length} events`);
  const text = (name) => String(events[0].getFirstPropertyValue(name) ?? '');
  const time = (name) => utc(events[0].getFirstPropertyValue(name).toJSDate());
  const person = (property) => ({
    address: bare(property.getFirstValue()), name: property.getParameter('cn') ?? '',
    role: property.getParameter('role') ?? '', partstat: property.getParameter('partstat') ?? '',
    rsvp: property.getParameter('rsvp') ?? '',
  });
  return {
    method: calendar.getFirstPropertyValue('method'), uid: text('uid'), sequence: Number(text('sequence')),
    start: time('dtstart'), end: time('dtend'), stamp: time('dtstamp'),
    summary: text('summary'), description: text('description'), location: text('location'), url: text('url'),
    status: text('status'), organizer: person(events[0].getFirstProperty('organizer')),
    attendees: events[0].getAllProperties('attendee').map(person),
  };
}

function withNodeIcal(raw) {
  const parsed = nodeIcal.sync.parseICS(raw);
  const events = Object.values(parsed).filter((part) => part.type === 'VEVENT');
  if (events.length !== 1) throw new Error(`${events.length} events`);
  const [event] = events;
  const unquoted = (text) => (text ?? '').replace(/^"(.*)"$/s, '$1');
  const person = ({ val, params }) => ({
    address: bare(val), name: unquoted(params.CN), role: params.ROLE ?? '', partstat: params.PARTSTAT ?? '',
    rsvp: String(params.RSVP ?? '').toUpperCase(),
  });
  return {
    method: event.method ?? parsed.vcalendar.method, uid: event.uid, sequence: Number(event.sequence),
    start: utc(event.start), end: utc(event.end), stamp: utc(event.dtstamp),
    summary: event.summary, description: event.description ?? '', location: event.location ?? '',
    url: typeof event.url === 'object' ? event.url.val : event.url ?? '', status: event.status,
    organizer: person(event.organizer), attendees: [event.attendee ?? []].flat().map(person),
  };
}

const readers = { 'ical.js 2': (raw) => withIcalJs(newer, raw), 'ical.js 1.5': (raw) => withIcalJs(older, raw), 'node-ical': withNodeIcal };
for (const file of process.argv.slice(2)) {
  const raw = readFileSync(file, 'utf8');
  for (const [reader, read] of Object.entries(readers)) {
    let fields;
    try { fields = read(raw); } catch (error) { fields = { error: String(error) }; }
    console.log(JSON.stringify({ file, reader, fields }));
  }
}
