import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { voicedText } from '../../film/captions.js';
import { type FilmFormat, FRAMES_PER_SECOND } from '../../film/film-format.js';
import type { FilmOrder, FilmSegments, RenderFilm } from '../../film/render-film.js';
import type { Scene } from '../../film/scene.js';
import { cutTimeline, planTimeline, type Timeline, voiceStart } from '../../film/timeline.js';
import { Voice } from '../../ports/voice.js';
import { Workshop } from '../../ports/workshop.js';
import type { MakeSoundtrack } from '../../sound/make-soundtrack.js';
import { secondsOf, type Sound } from '../../sound/sound.js';
import type { StoryFileName } from '../../story/story.repository.js';
import type { FileToKeep } from './file-vault.js';

export interface FilmOptions {
  readonly wide: FilmFormat;
  readonly tall: FilmFormat;
  /** Longest film that each platform takes, seconds. */
  readonly instagramSeconds: number;
  readonly tiktokSeconds: number;
}

/** What a film is made of. */
export interface Shoot {
  readonly storyId: string;
  readonly scenes: readonly Scene[];
  readonly timeline: Timeline;
  readonly signal: AbortSignal;
}

type Keep<T> = (file: FileToKeep) => Promise<readonly T[]>;

/** Speaks, plans and films a story: one wide film, and tall ones cut from the same segments to what each platform takes. */
export class ShootFilm {
  constructor(
    private readonly workshop: Workshop,
    private readonly voice: Voice,
    private readonly film: RenderFilm,
    private readonly soundtrack: MakeSoundtrack,
    private readonly options: FilmOptions,
  ) {}

  /** How long each scene takes: as long as it is spoken, or read. */
  async plan(scenes: readonly Scene[], atLeast: readonly number[], signal: AbortSignal): Promise<Timeline> {
    const voices = await this.speak(scenes, signal);
    return planTimeline(
      scenes.map((scene, i) => {
        const voice = voices[i];
        return { voiceSeconds: voice === undefined ? 0 : secondsOf(voice), words: scene.sentence.split(/\s+/).length, atLeastSeconds: atLeast[i] ?? 0 };
      }),
    );
  }

  /** Films on a bench that is gone afterwards, hands each film to `keep`, and returns what that gave. */
  async shoot<T>(shoot: Shoot, keep: Keep<T>): Promise<T[]> {
    const { folder } = await this.workshop.open(shoot.storyId);
    try {
      const voices = await this.speak(shoot.scenes, shoot.signal);
      const take = { ...shoot, folder, voices, sounds: new Map<number, string>() };
      return [...(await this.wide(take, keep)), ...(await this.tall(take, keep))];
    } finally {
      await this.workshop.close(shoot.storyId);
    }
  }

  private async wide<T>(take: Take, keep: Keep<T>): Promise<readonly T[]> {
    const order = orderOf(take, this.options.wide);
    const segments = await this.film.segments(order);
    return keep({ names: ['video'], mime: 'video/mp4', bytes: await this.assemble(take, { order, segments, name: 'wide' }) });
  }

  private async tall<T>(take: Take, keep: Keep<T>): Promise<T[]> {
    const order = orderOf(take, this.options.tall);
    const segments = await this.film.segments(order);
    const kept: T[] = [];
    for (const [name, cut] of cutsOf(take.timeline, this.options)) {
      const bytes = await this.assemble(take, { order: { ...order, timeline: cut.timeline }, segments, name });
      kept.push(...(await keep({ names: cut.names, mime: 'video/mp4', bytes })));
    }
    return kept;
  }

  private async assemble(take: Take, part: { order: FilmOrder; segments: FilmSegments; name: string }): Promise<AsyncIterable<Uint8Array>> {
    const { timeline, folder } = part.order;
    const sound = take.sounds.get(timeline.frames) ?? (await this.record(take, timeline));
    take.sounds.set(timeline.frames, sound);
    const file = join(folder, `${part.name}.mp4`);
    await this.film.assemble(part.order, { segments: part.segments, sound, file });
    return createReadStream(file);
  }

  private record(take: Take, timeline: Timeline): Promise<string> {
    const voices = timeline.scenes.flatMap((plan, i) => {
      const sound = take.voices[i];
      return sound === undefined ? [] : [{ sound, at: voiceStart(plan) }];
    });
    const seconds = timeline.frames / FRAMES_PER_SECOND;
    return this.soundtrack.execute({ seconds, voices, seed: seedOf(take.storyId), folder: take.folder, name: `sound-${timeline.frames}`, signal: take.signal });
  }

  private async speak(scenes: readonly Scene[], signal: AbortSignal): Promise<(Sound | undefined)[]> {
    const spoken: (Sound | undefined)[] = [];
    for (const scene of scenes) spoken.push(await this.voice.speak(voicedText(scene), signal));
    return spoken;
  }
}

interface Take extends Shoot {
  readonly folder: string;
  readonly voices: readonly (Sound | undefined)[];
  /** Soundtracks by their length in frames: films of one length share one. */
  readonly sounds: Map<number, string>;
}

function orderOf(take: Take, format: FilmFormat): FilmOrder {
  return { scenes: take.scenes, timeline: take.timeline, format, folder: take.folder, signal: take.signal };
}

/** The tall films to make: platforms that take the same length share one. */
function cutsOf(timeline: Timeline, options: FilmOptions): [string, { timeline: Timeline; names: StoryFileName[] }][] {
  const [instagram, tiktok] = [cutTimeline(timeline, options.instagramSeconds), cutTimeline(timeline, options.tiktokSeconds)];
  if (instagram.frames === tiktok.frames) return [['tall', { timeline: tiktok, names: ['instagram', 'tiktok'] }]];
  return [
    ['instagram', { timeline: instagram, names: ['instagram'] }],
    ['tiktok', { timeline: tiktok, names: ['tiktok'] }],
  ];
}

/** A number that is always the same for a story: it chooses the music. */
function seedOf(storyId: string): number {
  return Number.parseInt(storyId.replaceAll('-', '').slice(-8), 16);
}
