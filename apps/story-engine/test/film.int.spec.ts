import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { bundledPath, Ffmpeg, findFfmpeg } from '../src/adapters/ffmpeg/ffmpeg.js';
import { EncodingTooSlow } from '../src/adapters/ffmpeg/ffmpeg.errors.js';
import { FluentFilmEncoder } from '../src/adapters/ffmpeg/fluent-film-encoder.js';
import { FontBook } from '../src/adapters/resvg/fonts.js';
import { ResvgCardPainter } from '../src/adapters/resvg/resvg-card-painter.js';
import { RenderFilm } from '../src/domain/film/render-film.js';
import type { Scene } from '../src/domain/film/scene.js';
import { cutTimeline, planTimeline, type Timeline } from '../src/domain/film/timeline.js';
import { MakeSoundtrack } from '../src/domain/sound/make-soundtrack.js';
import { frameAt, frameTimes, playsWhileLoading, probe } from './ffprobe.js';

const SCENES: Scene[] = [
  { template: 'paper', area: 'health', label: 'Your week', sentence: 'You ran before sunrise.', footnote: '9 to 15 November' },
  { template: 'night', area: 'career', label: 'Together', sentence: 'Most of it on Thursday.', figure: '5 h 45', unit: 'of deep work', days: [50, 90, 20, 120, 80, 0, 5], initials: [...'MTWTFSS'] },
  { template: 'paper', area: 'relationships', label: 'Relationships', sentence: 'Dinner with Rosa.' },
];
const FORMAT = { name: 'tall', width: 360, height: 640 } as const;
const signal = new AbortController().signal;
const timeline = planTimeline(SCENES.map(() => ({ voiceSeconds: 0, words: 2, atLeastSeconds: 0 })));

requireRealPart('ffmpeg', 'ffprobe')('a film', () => {
  const folder = mkdtempSync(join(tmpdir(), 'story-film-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function make(name: string, ffmpegPath: string, part: Timeline = timeline): Promise<string> {
    const encoder = new FluentFilmEncoder(new Ffmpeg(ffmpegPath, 60_000), { preset: 'ultrafast', crf: 20, threads: 1 });
    const film = new RenderFilm(new ResvgCardPainter(new FontBook()), encoder);
    const order = { scenes: SCENES, timeline, format: FORMAT, folder, signal };
    const segments = await film.segments(order);
    const sound = await new MakeSoundtrack(encoder).execute({ seconds: part.frames / 30, voices: [], seed: 3, folder, name, signal });
    const file = join(folder, `${name}.mp4`);
    await film.assemble({ ...order, timeline: part }, { segments, sound, file });
    return file;
  }

  let whole: string;
  beforeAll(async () => {
    whole = await make('whole', findFfmpeg().path);
  });

  it('is H.264 in yuv420p with AAC, in the asked size, and plays while it loads', () => {
    const { streams } = probe(whole);
    expect(streams.find((stream) => stream.codec_type === 'video')).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width: 360, height: 640, r_frame_rate: '30/1' });
    expect(streams.find((stream) => stream.codec_type === 'audio')).toMatchObject({ codec_name: 'aac' });
    expect(streams.find((stream) => stream.codec_type === 'subtitle')).toMatchObject({ codec_name: 'mov_text' });
    expect(playsWhileLoading(readFileSync(whole))).toBe(true);
  });

  it('has exactly the frames that were planned, evenly spaced, and sound of the same length', () => {
    const { streams } = probe(whole);
    const [video, audio] = ['video', 'audio'].map((type) => streams.find((stream) => stream.codec_type === type));
    expect(Number(video?.nb_read_frames)).toBe(timeline.frames);
    const times = frameTimes(whole);
    for (const [i, time] of times.entries()) expect(Math.abs(time - i / 30)).toBeLessThan(0.001);
    expect(Math.abs(Number(video?.duration) - timeline.frames / 30)).toBeLessThan(0.04);
    expect(Math.abs(Number(audio?.duration) - Number(video?.duration))).toBeLessThan(0.04);
    expect(Math.abs(Number(audio?.start_time) - Number(video?.start_time))).toBeLessThan(0.04);
  });

  it('is as loud as players expect', async () => {
    const encoder = new FluentFilmEncoder(new Ffmpeg(findFfmpeg().path, 60_000), { preset: 'ultrafast', crf: 20, threads: 1 });
    const loudness = await encoder.loudnessOf(whole, signal);
    expect(loudness).toBeGreaterThan(-15);
    expect(loudness).toBeLessThan(-13);
  });

  it('shows words in the middle of a scene, and none while one scene dissolves into the next', () => {
    const dark = (frame: Buffer): number => {
      let count = 0;
      for (let i = 640 * 360 * 1.8; i < frame.length; i += 3) if ((frame[Math.floor(i)] ?? 255) < 70) count += 1;
      return count;
    };
    expect(dark(frameAt(whole, 1.4))).toBeGreaterThan(300);
    expect(dark(frameAt(whole, (timeline.scenes[0]?.body ?? 0) / 30 - 0.1))).toBe(0);
  });

  it('moves by one pixel a frame', () => {
    const row = (seconds: number): Buffer => frameAt(whole, seconds).subarray(360 * 3 * 130, 360 * 3 * 131);
    const [first, later] = [row(1), row(1 + 5 / 30)];
    const difference = (shift: number): number => {
      let sum = 0;
      for (let x = 60; x < 300; x += 1) sum += Math.abs((first[(x + shift) * 3] ?? 0) - (later[x * 3] ?? 0));
      return sum;
    };
    const best = [...Array(21).keys()].map((i) => i - 10).sort((a, b) => difference(a) - difference(b))[0];
    expect(best).toBe(5);
  });

  it('can be cut at the end of a scene without encoding anything again', async () => {
    const cut = cutTimeline(timeline, 5);
    const file = await make('cut', findFfmpeg().path, cut);
    expect(Number(probe(file).streams.find((stream) => stream.codec_type === 'video')?.nb_read_frames)).toBe(cut.frames);
  });

  it('is the same bytes for the same story', async () => {
    const first = readFileSync(whole);
    expect(readFileSync(await make('whole', findFfmpeg().path)).equals(first)).toBe(true);
  });

  it('can be made by the FFmpeg that npm brings', async () => {
    const bundled = bundledPath();
    expect(bundled).toBeDefined();
    const file = await make('bundled', bundled ?? '');
    expect(Number(probe(file).streams.find((stream) => stream.codec_type === 'video')?.nb_read_frames)).toBe(timeline.frames);
  });

  it('stops at once when it takes too long or nobody wants it any more', async () => {
    const still = join(folder, 'tall-0-ground.png');
    const endless = { inputs: [{ path: still, options: ['-loop', '1'] }], options: ['-t', '3600', '-c:v', 'libx264', '-preset', 'veryslow'], file: join(folder, 'endless.mp4') };
    const before = performance.now();
    await expect(new Ffmpeg(findFfmpeg().path, 700).run(endless, signal)).rejects.toBeInstanceOf(EncodingTooSlow);
    await expect(new Ffmpeg(findFfmpeg().path, 60_000).run(endless, AbortSignal.timeout(700))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - before).toBeLessThan(60_000);
    expect(existsSync(still)).toBe(true);
  }, 120_000);
});
