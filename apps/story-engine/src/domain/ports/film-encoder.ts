import type { FilmFormat } from '../film/film-format.js';

/** A scene's ground as a file, and how the window moves over it: one whole pixel a frame. */
export interface GroundFile {
  readonly path: string;
  readonly axis: 'x' | 'y';
  readonly direction: 1 | -1;
  /** How far the window travels in all, in pixels. */
  readonly travel: number;
}

export interface WordsFile {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

export interface BodyOrder {
  readonly format: FilmFormat;
  readonly ground: GroundFile;
  readonly words: WordsFile;
  /** The frame of the scene's travel at which the body begins. */
  readonly from: number;
  readonly frames: number;
  readonly file: string;
}

export interface JointOrder {
  readonly format: FilmFormat;
  /** The scene that goes, from this frame of its travel on. */
  readonly leaving: GroundFile;
  readonly from: number;
  /** The scene that comes, from its first frame on. */
  readonly coming: GroundFile;
  readonly frames: number;
  readonly file: string;
}

export interface Segment {
  readonly file: string;
  readonly frames: number;
}

export interface AssemblyOrder {
  /** Segments of one format, in order. */
  readonly segments: readonly Segment[];
  readonly sound: string;
  /** SubRip file of the captions, laid into the film as a track that a player can switch on. */
  readonly captions: string;
  /** A folder for passing things to the encoder. */
  readonly folder: string;
  readonly file: string;
}

/** Turns stills and sound into films: H.264 yuv420p and AAC in MP4, ready to be played while it loads. */
export abstract class FilmEncoder {
  /** Exactly `frames` frames of one scene with its words coming and going. */
  abstract encodeBody(order: BodyOrder, signal: AbortSignal): Promise<void>;

  /** Exactly `frames` frames of one ground dissolving into the next. */
  abstract encodeJoint(order: JointOrder, signal: AbortSignal): Promise<void>;

  /** Integrated loudness of a sound or film, LUFS (ITU-R BS.1770). */
  abstract loudnessOf(file: string, signal: AbortSignal): Promise<number>;

  /** Encodes a WAV file, louder by `gainDb`, its peaks held below −1 dB. */
  abstract encodeSound(order: { readonly wav: string; readonly gainDb: number; readonly file: string }, signal: AbortSignal): Promise<void>;

  /** Joins segments by copy, and lays the sound under them. */
  abstract assemble(order: AssemblyOrder, signal: AbortSignal): Promise<void>;
}
