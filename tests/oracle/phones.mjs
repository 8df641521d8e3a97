// Phone numbers as libphonenumber-js reads them (its "max" metadata), for crates/domain/tests/phone_oracle.rs.
//
// Prints one JSON array of {typed, country, e164, national, international}; the last three are null where it sees no
// valid number. Every country's example number in several spellings, and the same with a digit changed, added or
// dropped. NAMEPLATE_NODE_DIR names a node_modules directory with libphonenumber-js in it.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'resolve.js'))
const { getCountries, getCountryCallingCode, parsePhoneNumberFromString } = require('libphonenumber-js/max')
const examples = require('libphonenumber-js/examples.mobile.json')

function spellings(country) {
  const code = getCountryCallingCode(country)
  const example = parsePhoneNumberFromString(examples[country], country)
  const national = example.formatNational()
  const digits = example.nationalNumber
  const all = [
    national,
    national.replace(/\D/g, ''),
    national.replace(/\D+/g, '.'),
    example.formatInternational(),
    example.number,
    `00${code}${digits}`,
    `+${code} (0)${digits}`,
  ]
  for (let at = 0; at < digits.length; at++) {
    for (const digit of ['0', '9']) all.push(`+${code}${digits.slice(0, at)}${digit}${digits.slice(at + 1)}`)
  }
  all.push(`+${code}${digits}7`, `+${code}${digits}77`, `+${code}${digits.slice(0, -1)}`, `+${code}${digits.slice(0, -2)}`)
  return all
}

function read(typed, country) {
  // libphonenumber-js knows no "00" where a country dials another prefix, and keeps the zero in brackets.
  const number = parsePhoneNumberFromString(typed.replace('(0)', '').replace(/^00/, '+'), country)
  if (!number?.isValid()) return { typed, country, e164: null, national: null, international: null }
  return {
    typed,
    country,
    e164: number.number,
    national: number.formatNational(),
    international: number.formatInternational(),
  }
}

// Ascension Island and Tristan da Cunha have no country code of ISO 3166.
const cases = getCountries()
  .filter((country) => examples[country] && !['AC', 'TA'].includes(country))
  .flatMap((country) => [
    ...spellings(country).map((typed) => read(typed, country)),
    // Typed by somebody elsewhere, in countries whose own prefixes are 8, 06, 1 and 0.
    ...['RU', 'HU', 'US', 'GB'].map((elsewhere) => read(spellings(country)[4], elsewhere)),
  ])
console.log(JSON.stringify(cases))
