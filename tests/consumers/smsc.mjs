// A centre for text messages that speaks SMPP, for crates/server/tests/kannel.rs.
//
// Prints one JSON value a line: {"port": N}, {"bound": true}, and {"from", "to", "text", "parts", "coding"} for each text that is
// whole. Every part that asks for a report gets one that it was delivered. A line {"from", "to", "text"} on standard input
// comes in as a message of that phone.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'resolve.js'))
const smpp = require('smpp')
const say = (value) => console.log(JSON.stringify(value))
const waiting = new Map()
let ids = 0
let bound

function keep(pdu, of, at, key) {
  const parts = waiting.get(key) ?? []
  parts[at - 1] = pdu.short_message.message
  waiting.set(key, parts)
  if (parts.filter((part) => part !== undefined).length < of) return
  waiting.delete(key)
  say({ from: pdu.source_addr, to: pdu.destination_addr, text: parts.join(''), parts: of, coding: pdu.data_coding })
}

const server = smpp.createServer({}, (session) => {
  session.on('error', () => {})
  session.on('bind_transceiver', (pdu) => {
    session.send(pdu.response())
    bound = session
    say({ bound: true })
  })
  session.on('enquire_link', (pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu) => session.send(pdu.response()))
  session.on('submit_sm', (pdu) => {
    const id = (++ids).toString(16)
    session.send(pdu.response({ message_id: id }))
    const header = pdu.short_message.udh?.[0]
    const [reference, of, at] = header ? [...header].slice(-3) : [id, 1, 1]
    keep(pdu, of, at, `${pdu.destination_addr} ${reference}`)
    if (pdu.registered_delivery) {
      session.deliver_sm({
        source_addr: pdu.destination_addr,
        destination_addr: pdu.source_addr,
        esm_class: 4,
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2611220700 done date:2611220701 stat:DELIVRD err:000 text:`,
      })
    }
  })
})
server.listen(0, '127.0.0.1', () => say({ port: server.address().port }))

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const { from, to, text } = JSON.parse(line)
  bound.deliver_sm({ source_addr: from, destination_addr: to, short_message: text })
})
lines.on('close', () => process.exit())
