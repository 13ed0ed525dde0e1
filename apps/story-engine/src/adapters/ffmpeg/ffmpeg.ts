import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import ffmpeg from 'fluent-ffmpeg';
import { EncoderMissing, EncodingFailed, EncodingTooSlow } from './ffmpeg.errors.js';

/** Which FFmpeg is used, and why. */
export interface FoundFfmpeg {
  readonly path: string;
  readonly source: 'PATH' | 'bundled';
  readonly version: string;
}

/** The FFmpeg on PATH, else the one that npm brought (of 2018, without xfade). Throws EncoderMissing when neither runs. */
export function findFfmpeg(): FoundFfmpeg {
  const onPath = versionOf('ffmpeg');
  if (onPath !== undefined) return { path: 'ffmpeg', source: 'PATH', version: onPath };
  const path = bundledPath();
  const version = path === undefined ? undefined : versionOf(path);
  if (path === undefined || version === undefined) throw new EncoderMissing();
  return { path, source: 'bundled', version };
}

/** Where npm put its FFmpeg; undefined on platforms that it has none for. */
export function bundledPath(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    return (require('@ffmpeg-installer/ffmpeg') as { path: string }).path;
  } catch {
    return undefined;
  }
}

function versionOf(path: string): string | undefined {
  const answer = spawnSync(path, ['-hide_banner', '-version'], { encoding: 'utf8' });
  return answer.status === 0 ? /version (\S+)/.exec(answer.stdout)?.[1] : undefined;
}

export interface FfmpegRun {
  readonly inputs: readonly { readonly path: string; readonly options?: readonly string[] }[];
  readonly graph?: string;
  readonly options: readonly string[];
  readonly file: string;
}

/** Runs FFmpeg with argument lists that we write ourselves, at low priority, never longer than allowed. */
export class Ffmpeg {
  constructor(
    private readonly path: string,
    private readonly timeoutMs: number,
  ) {}

  /** Resolves with what FFmpeg said on its error stream; throws EncodingFailed, EncodingTooSlow or the signal's reason. */
  async run(run: FfmpegRun, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const deadline = AbortSignal.timeout(this.timeoutMs);
    const stop = AbortSignal.any([signal, deadline]);
    try {
      return await this.execute(run, stop);
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) throw new EncodingTooSlow({ cause: error });
      throw new EncodingFailed({ cause: error });
    }
  }

  private execute(run: FfmpegRun, stop: AbortSignal): Promise<string> {
    const command = this.commandFor(run);
    return new Promise((resolve, reject) => {
      // FFmpeg starts no processes of its own, so that killing it kills its whole group.
      const kill = (): void => void command.kill('SIGKILL');
      const settle = (act: () => void): void => {
        stop.removeEventListener('abort', kill);
        act();
      };
      stop.addEventListener('abort', kill, { once: true });
      command.on('start', () => {
        if (stop.aborted) setImmediate(kill);
      });
      command.on('end', (_out: string | null, log: string | null) => settle(() => resolve(log ?? '')));
      command.on('error', (error: Error) => settle(() => reject(error)));
      command.save(run.file);
    });
  }

  private commandFor(run: FfmpegRun): ffmpeg.FfmpegCommand {
    const command = ffmpeg({ niceness: 10, stdoutLines: 200 });
    command.setFfmpegPath(this.path);
    for (const input of run.inputs) command.input(input.path).inputOptions([...(input.options ?? [])]);
    if (run.graph !== undefined) command.complexFilter(run.graph);
    return command.outputOptions([...run.options]);
  }
}
