// Texts and how Twilio's own calculator counts them, for crates/domain/tests/sms_oracle.rs.
//
// Prints one JSON array of {text, encoding, characters, messages}. The texts come from a generator with a fixed seed.
// NAMEPLATE_NODE_DIR names a node_modules directory with sms-segments-calculator in it.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'resolve.js'))
const { SegmentedMessage } = require('sms-segments-calculator')

let state = 20261201
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const letters = [...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 .,:;!?/@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n']
const doubles = [...'^{}[]~|€\\\f']
const foreign = [...'çëćáíóúłşğ“”’–…\u00a0\u202f`\tяжшאبनक漢字']
const pairs = [...'😀🎉𝄞𠮷']

function text(kinds, length) {
  let all = ''
  for (let at = 0; at < length; at++) {
    const kind = kinds[random(kinds.length)]
    all += kind[random(kind.length)]
  }
  return all
}

const kinds = [
  [letters],
  [letters, letters, letters, doubles],
  [doubles],
  [letters, letters, foreign],
  [letters, letters, letters, letters, pairs],
  [foreign, pairs],
  [pairs],
]
const texts = new Set()
for (const kind of kinds) {
  // Every length up to the third message, so that each boundary is met from both sides.
  for (let length = 1; length <= 480; length++) texts.add(text(kind, length))
  for (let more = 0; more < 60; more++) texts.add(text(kind, 480 + random(1200)))
}
// Every character of the first plane by itself: which ones force Unicode.
for (let code = 1; code < 0x2100; code++) texts.add(String.fromCodePoint(code))

const cases = [...texts].map((text) => {
  const message = new SegmentedMessage(text)
  const units = message.encodedChars.reduce((sum, char) => sum + char.codeUnits.length, 0)
  return { text, encoding: message.encodingName, characters: units, messages: message.segmentsCount }
})
process.stdout.write(JSON.stringify(cases))
