import { spawn, spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv7 } from '@selfos/kernel';
import type { Sound } from '../../domain/sound/sound.js';
import { readWav } from '../../domain/sound/wav.js';
import { Voice } from '../../domain/ports/voice.js';

const TIMEOUT_MS = 20_000;
/** A calm reading: 148 words a minute, a little lower than the default, a pause between words. */
const MANNER = ['-v', 'en-gb', '-s', '148', '-p', '42', '-g', '2'];

/** The local voice of espeak-ng. A sentence goes in through standard input: a command line can be read by anyone on the machine. */
export class EspeakVoice extends Voice {
  constructor(private readonly folder: string) {
    super();
  }

  static isInstalled(): boolean {
    return spawnSync('espeak-ng', ['--version']).status === 0;
  }

  async speak(sentence: string, signal: AbortSignal): Promise<Sound | undefined> {
    const file = join(this.folder, `${uuidv7()}.wav`);
    try {
      const ended = await this.say(sentence, file, signal);
      return ended ? readWav(await readFile(file)) : undefined;
    } finally {
      await rm(file, { force: true });
    }
  }

  /** False when the program failed: the story then goes on without this sentence's voice. */
  private say(sentence: string, file: string, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = spawn('espeak-ng', [...MANNER, '--stdin', '-w', file], { stdio: ['pipe', 'ignore', 'ignore'], timeout: TIMEOUT_MS, killSignal: 'SIGKILL', signal });
      child.on('error', (error) => (signal.aborted ? reject(error) : resolve(false)));
      child.on('close', (code) => resolve(code === 0));
      child.stdin.on('error', () => resolve(false));
      child.stdin.end(sentence);
    });
  }
}
