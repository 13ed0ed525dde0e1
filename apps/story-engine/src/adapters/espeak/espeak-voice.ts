import { spawn, spawnSync } from 'node:child_process';
import { Voice } from '../../domain/ports/voice.js';
import type { Sound } from '../../domain/sound/sound.js';
import { readWav } from '../../domain/sound/wav.js';

const PROGRAM = 'espeak-ng';
const TIMEOUT_MS = 20_000;
/** A calm reading: 148 words a minute, a little lower than the default, a pause between words. */
const MANNER = ['-v', 'en-gb', '-s', '148', '-p', '42', '-g', '2'];

/**
 * The local voice of espeak-ng. A sentence goes in through standard input (a command line can be read by anyone on the machine)
 * and comes back through standard output, so that no file is written.
 */
export class EspeakVoice extends Voice {
  static isInstalled(): boolean {
    return spawnSync(PROGRAM, ['--version']).status === 0;
  }

  /** Undefined when the program fails: the story then goes on without this sentence's voice. */
  speak(sentence: string, signal: AbortSignal): Promise<Sound | undefined> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const options = { stdio: ['pipe', 'pipe', 'ignore'] as ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS, killSignal: 'SIGKILL' as const, signal };
      const child = spawn(PROGRAM, [...MANNER, '--stdin', '--stdout'], options);
      const parts: Buffer[] = [];
      child.stdout.on('data', (part: Buffer) => parts.push(part));
      child.on('error', (error) => (signal.aborted ? reject(error) : resolve(undefined)));
      child.on('close', (code) => resolve(code === 0 ? readWav(Buffer.concat(parts)) : undefined));
      child.stdin.on('error', () => resolve(undefined));
      child.stdin.end(sentence);
    });
  }
}
