import type { FilmFormat } from '../film/film-format.js';
import type { Scene } from '../film/scene.js';

/** A still that the camera passes over: larger than the frame by `travel` pixels along `axis`. */
export interface Ground {
  readonly png: Uint8Array;
  readonly axis: 'x' | 'y';
  /** 1: the window moves right or down; -1: left or up. One pixel a frame. */
  readonly direction: 1 | -1;
}

/** The words of a scene on a transparent picture of their own, and where its upper left corner lies in the frame. */
export interface Words {
  readonly png: Uint8Array;
  readonly x: number;
  readonly y: number;
}

export interface CardOrder {
  readonly scene: Scene;
  readonly format: FilmFormat;
  /** How many whole pixels the camera travels while the scene lasts. */
  readonly travel: number;
  /** The scene's place in the film, from 0: neighbours get different pictures. */
  readonly index: number;
}

export interface Card {
  readonly ground: Ground;
  readonly words: Words;
}

/** Draws one scene as a still ground and a still of its words; the same order gives the same bytes. */
export abstract class CardPainter {
  abstract paint(order: CardOrder): Promise<Card>;

  /** The whole scene as one picture of the frame's size (PNG): for covers. */
  abstract cover(order: Omit<CardOrder, 'travel'>): Promise<Uint8Array>;
}
