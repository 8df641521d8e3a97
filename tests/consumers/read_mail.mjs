// Reads mails with mailparser; one JSON line a file.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'node_modules', 'from.js'));
const { simpleParser } = require('mailparser');

for (const file of process.argv.slice(2)) {
  const mail = await simpleParser(readFileSync(file), { skipTextToHtml: true, skipImageLinks: true });
  const people = (list) => (list?.value ?? []).map(({ name, address }) => [name, address]);
  console.log(JSON.stringify({ file, reader: 'mailparser', fields: {
    from: people(mail.from), to: people(mail.to), reply_to: people(mail.replyTo), subject: mail.subject,
    message_id: mail.messageId, in_reply_to: mail.inReplyTo ?? null,
    text: mail.text, html: mail.html,
    attachments: mail.attachments.map(({ contentType, contentDisposition, filename, cid }) => [contentType, contentDisposition ?? null, filename ?? null, cid ?? null]),
  } }));
}
