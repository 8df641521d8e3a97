// The program under test: `nameplate demo` on a free port and in a folder of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What of these secrets stands in the files of a folder or in the log: nothing may. */
async function leaks(secrets, directory, log) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const places = [['the log', Buffer.from(log)], ...await Promise.all(files.map(async (file) => [file, await readFile(file)]))];
  return [...secrets].flatMap(([secret, what]) => places
    .filter(([, bytes]) => bytes.includes(secret))
    .map(([place]) => `${what} ${secret} stands in ${place}`));
}

/** Starts the demo, answers what its first line says, and stops it. */
export async function withDemo(use) {
  const binary = process.env.NAMEPLATE_BINARY;
  if (!binary) throw new Error('NAMEPLATE_BINARY is missing: run `cargo xtask browser`');
  const directory = await mkdtemp(join(tmpdir(), 'nameplate-e2e-'));
  const child = spawn(binary, ['demo', '--port', '0', '--data-dir', directory, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (data) => { log += data; });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => text),
    ended.then(() => { throw new Error(`the demo ended before it was ready:\n${log}`); }),
  ]);
  const said = JSON.parse(line);
  const secrets = new Map(said.agents.flatMap(({ password, token }) => [[password, 'a password'], [token, 'an API token']]));
  // Some tests type what everybody may know, such as a name, as a password.
  const known = JSON.stringify({ ...said, agents: said.agents.map((agent) => ({ ...agent, password: '', token: '' })) }).toLowerCase();
  const keepSecret = (secret, what) => {
    if (secret.length >= 8 && !known.includes(secret.toLowerCase())) secrets.set(secret, what);
  };
  try {
    await use({ ...said, log: () => log, keepSecret });
  } finally {
    child.kill('SIGTERM');
    await ended;
    const found = await leaks(secrets, directory, log);
    await rm(directory, { recursive: true, force: true });
    if (found.length > 0) throw new Error(found.join('\n'));
  }
}
