import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { SoundReader } from '../../domain/ports/sound-reader.js';
import { readWav, type Recording, type Sound } from '../../domain/voice/recording.js';
import { RecordingUnreadable } from '../../domain/voice/voice.errors.js';

const RATE = 16_000;
const LONGEST_SECONDS = 600;
const PATIENCE_MS = 10_000;

/** WAV by itself; the other formats by FFmpeg, where there is one. It reads from a pipe and may open nothing else. */
export class FfmpegSoundReader extends SoundReader {
  constructor(private readonly program: string) {
    super();
  }

  override async read({ bytes, format }: Recording, signal: AbortSignal): Promise<Sound | undefined> {
    if (format === 'wav') return readWav(bytes);
    const decoded = await this.decode(bytes, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
    if (decoded === undefined) return undefined;
    if (decoded.length < 2) throw new RecordingUnreadable();
    const pcm = new Int16Array(decoded.buffer.slice(decoded.byteOffset, decoded.byteOffset + decoded.length - (decoded.length % 2)));
    return { samples: Float32Array.from(pcm, (sample) => sample / 32_768), rate: RATE };
  }

  private async decode(bytes: Uint8Array, signal: AbortSignal): Promise<Buffer | undefined> {
    const args = ['-v', 'error', '-nostdin', '-protocol_whitelist', 'pipe', '-i', 'pipe:0', '-t', String(LONGEST_SECONDS), '-vn', '-ac', '1', '-ar', String(RATE), '-f', 's16le', 'pipe:1'];
    const child = spawn(this.program, args, { stdio: ['pipe', 'pipe', 'ignore'], signal, killSignal: 'SIGKILL' });
    const ended = new Promise<number | 'absent'>((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code === 'ENOENT' ? 'absent' : 1);
      });
      child.once('close', (code) => {
        resolve(code ?? 1);
      });
    });
    child.stdin.on('error', () => undefined).end(bytes);
    const [decoded, end] = await Promise.all([buffer(child.stdout).catch(() => Buffer.alloc(0)), ended]);
    if (end !== 0 && end !== 'absent') throw new RecordingUnreadable();
    return end === 'absent' ? undefined : decoded;
  }
}
