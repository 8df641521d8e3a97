// The program under test: `nameplate demo` on a free port and in a folder of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

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
  try {
    await use({ ...JSON.parse(line), log: () => log });
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  }
}
