import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FRAMES_PER_SECOND } from '../../domain/film/film-format.js';
import { type AssemblyOrder, type BodyOrder, FilmEncoder, type JointOrder } from '../../domain/ports/film-encoder.js';
import { EncodingFailed } from './ffmpeg.errors.js';
import type { Ffmpeg } from './ffmpeg.js';
import { bodyGraph, jointGraph } from './film-graphs.js';

const STILL = ['-framerate', String(FRAMES_PER_SECOND)];
/** Nothing that differs between two runs is written into a file. */
const REPEATABLE = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'];
const COLOURS = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
/** Segments of equal settings and time base, each of closed groups of pictures: they can be joined by copy. */
const SEGMENT = ['-r', String(FRAMES_PER_SECOND), '-g', '60', '-bf', '2', '-x264-params', 'open-gop=0', '-video_track_timescale', '15360'];

export interface EncoderOptions {
  /** x264 preset: how much time to spend on a smaller file. */
  readonly preset: string;
  /** x264 constant rate factor: smaller is better and larger. */
  readonly crf: number;
  /** Threads of one run; 0 lets the encoder choose. */
  readonly threads: number;
}

/** Films by FFmpeg through fluent-ffmpeg. */
export class FluentFilmEncoder extends FilmEncoder {
  constructor(
    private readonly ffmpeg: Ffmpeg,
    private readonly options: EncoderOptions,
  ) {
    super();
  }

  async encodeBody(order: BodyOrder, signal: AbortSignal): Promise<void> {
    await this.encodeSegment({ stills: [order.ground.path, order.words.path], graph: bodyGraph(order), frames: order.frames, file: order.file }, signal);
  }

  async encodeJoint(order: JointOrder, signal: AbortSignal): Promise<void> {
    await this.encodeSegment({ stills: [order.leaving.path, order.coming.path], graph: jointGraph(order), frames: order.frames, file: order.file }, signal);
  }

  async loudnessOf(file: string, signal: AbortSignal): Promise<number> {
    const options = ['-vn', '-af', 'ebur128=framelog=verbose', '-f', 'null'];
    const log = await this.ffmpeg.run({ inputs: [{ path: file }], options, file: '-' }, signal);
    const measured = Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(log)?.[1]);
    if (!Number.isFinite(measured)) throw new EncodingFailed({ detail: 'The loudness could not be measured.' });
    return measured;
  }

  async encodeSound(order: { wav: string; gainDb: number; file: string }, signal: AbortSignal): Promise<void> {
    const levels = `volume=${order.gainDb.toFixed(2)}dB,alimiter=limit=0.85:attack=4:release=60:level=0`;
    const options = ['-af', levels, '-c:a', 'aac', '-b:a', '160k', '-ar', '48000', ...REPEATABLE];
    await this.ffmpeg.run({ inputs: [{ path: order.wav }], options, file: order.file }, signal);
  }

  async assemble(order: AssemblyOrder, signal: AbortSignal): Promise<void> {
    const list = join(order.folder, 'segments.txt');
    // Told how long each segment is: what its container says is rounded, and the roundings would add up.
    const entries = order.segments.map(({ file, frames }) => `file '${file}'\nduration ${(frames / FRAMES_PER_SECOND).toFixed(6)}\n`);
    const seconds = order.segments.reduce((sum, { frames }) => sum + frames, 0) / FRAMES_PER_SECOND;
    await writeFile(list, entries.join(''), { mode: 0o600 });
    const tracks = ['-map', '0:v', '-map', '1:a', '-map', '2:s', '-c', 'copy', '-c:s', 'mov_text', '-metadata:s:s:0', 'language=eng', '-disposition:s:0', '0'];
    const options = [...tracks, '-t', seconds.toFixed(3), '-movflags', '+faststart', ...REPEATABLE];
    const inputs = [{ path: list, options: ['-f', 'concat', '-safe', '0'] }, { path: order.sound }, { path: order.captions, options: ['-f', 'srt'] }];
    await this.ffmpeg.run({ inputs, options, file: order.file }, signal);
  }

  private async encodeSegment(segment: { stills: readonly string[]; graph: string; frames: number; file: string }, signal: AbortSignal): Promise<void> {
    const { preset, crf, threads } = this.options;
    const codec = ['-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-threads', String(threads), '-pix_fmt', 'yuv420p'];
    const options = ['-map', '[out]', '-an', '-frames:v', String(segment.frames), ...codec, ...COLOURS, ...SEGMENT, ...REPEATABLE];
    await this.ffmpeg.run({ inputs: segment.stills.map((path) => ({ path, options: STILL })), graph: segment.graph, options, file: segment.file }, signal);
  }
}
