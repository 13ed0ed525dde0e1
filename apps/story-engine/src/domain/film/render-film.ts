import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card, CardPainter } from '../ports/card-painter.js';
import type { FilmEncoder, GroundFile, Segment, WordsFile } from '../ports/film-encoder.js';
import { captionsOf, srtOf } from './captions.js';
import type { FilmFormat } from './film-format.js';
import type { Scene } from './scene.js';
import { type ScenePlan, type Timeline, travelOf } from './timeline.js';

/** A film to make in one format; everything is written below `folder`. */
export interface FilmOrder {
  readonly scenes: readonly Scene[];
  readonly timeline: Timeline;
  readonly format: FilmFormat;
  readonly folder: string;
  readonly signal: AbortSignal;
}

interface Still {
  readonly plan: ScenePlan;
  readonly ground: GroundFile;
  readonly words: WordsFile;
}

/** Segment files of one film: a scene's body, and the dissolve that follows it unless it is the last. */
export interface FilmSegments {
  readonly bodies: readonly Segment[];
  readonly joints: readonly Segment[];
}

/** Paints the cards and encodes every body and joint once; films of the format, also shorter ones, are joined from them by copy. */
export class RenderFilm {
  constructor(
    private readonly painter: CardPainter,
    private readonly encoder: FilmEncoder,
  ) {}

  async segments(order: FilmOrder): Promise<FilmSegments> {
    const stills: Still[] = [];
    const bodies: Segment[] = [];
    const joints: Segment[] = [];
    for (const [index, plan] of order.timeline.scenes.entries()) {
      const still = await this.still(order, index, plan);
      const before = stills.at(-1);
      stills.push(still);
      if (before !== undefined) joints.push(await this.joint(order, before, still));
      bodies.push(await this.body(order, index, still));
    }
    return { bodies, joints };
  }

  /** Joins the timeline's scenes, which may be fewer than were encoded, over a sound. */
  async assemble(order: FilmOrder, parts: { segments: FilmSegments; sound: string; file: string }): Promise<void> {
    const { bodies, joints } = parts.segments;
    const last = order.timeline.scenes.length - 1;
    const segments = bodies.slice(0, last + 1).flatMap((body, i) => (i < last ? [body, joints[i] ?? body] : [body]));
    const captions = `${parts.file}.srt`;
    await writeFile(captions, srtOf(captionsOf(order.scenes, order.timeline)), { mode: 0o600 });
    await this.encoder.assemble({ segments, sound: parts.sound, captions, folder: order.folder, file: parts.file }, order.signal);
  }

  private async still(order: FilmOrder, index: number, plan: ScenePlan): Promise<Still> {
    const scene = order.scenes[index];
    if (scene === undefined) throw new RangeError('the timeline has more scenes than the script');
    const travel = travelOf(plan);
    const card: Card = await this.painter.paint({ scene, format: order.format, travel, index });
    const name = (part: string): string => join(order.folder, `${order.format.name}-${index}-${part}.png`);
    await writeFile(name('ground'), card.ground.png, { mode: 0o600 });
    await writeFile(name('words'), card.words.png, { mode: 0o600 });
    const ground = { path: name('ground'), axis: card.ground.axis, direction: card.ground.direction, travel };
    return { plan, ground, words: { path: name('words'), x: card.words.x, y: card.words.y } };
  }

  private async body(order: FilmOrder, index: number, { plan, ground, words }: Still): Promise<Segment> {
    const file = join(order.folder, `${order.format.name}-${index}-body.mp4`);
    await this.encoder.encodeBody({ format: order.format, ground, words, from: plan.jointIn, frames: plan.body, file }, order.signal);
    return { file, frames: plan.body };
  }

  private async joint(order: FilmOrder, leaving: Still, coming: Still): Promise<Segment> {
    const file = join(order.folder, `${order.format.name}-${coming.plan.bodyStart}-joint.mp4`);
    const { plan } = leaving;
    const from = plan.jointIn + plan.body;
    await this.encoder.encodeJoint({ format: order.format, leaving: leaving.ground, from, coming: coming.ground, frames: plan.jointOut, file }, order.signal);
    return { file, frames: plan.jointOut };
  }
}
