import { FRAMES_PER_SECOND } from './film-format.js';

/** Frames of a dissolve between two scenes; it shows grounds only. */
export const JOINT_FRAMES = 15;
/** Text rises into place during this many frames, and is gone this many before the joint. */
export const ENTER_FRAMES = 18;
export const CLEAR_FRAMES = 12;
/** The voice starts when the words are almost there. */
const VOICE_DELAY_FRAMES = 6;
const LEAST_SECONDS = 2.2;

export interface SceneTiming {
  /** Length of the spoken sentence in seconds; 0 without a voice. */
  readonly voiceSeconds: number;
  readonly words: number;
  /** What the script asks for, at least. */
  readonly atLeastSeconds: number;
}

/** Where one scene lies in the film; all counts in frames. */
export interface ScenePlan {
  /** Dissolve at its beginning and end: 0 at the film's ends. */
  readonly jointIn: number;
  readonly jointOut: number;
  /** Frames between the joints: words and voice. */
  readonly body: number;
  /** The film's frame at which the body begins. */
  readonly bodyStart: number;
}

export interface Timeline {
  readonly scenes: readonly ScenePlan[];
  readonly frames: number;
}

/** Frames that a scene's camera travels: both joints and the body. */
export function travelOf(scene: ScenePlan): number {
  return scene.jointIn + scene.body + scene.jointOut;
}

/** When the voice of a scene begins, in seconds of the film. */
export function voiceStart(scene: ScenePlan): number {
  return (scene.bodyStart + VOICE_DELAY_FRAMES) / FRAMES_PER_SECOND;
}

/** Lays scenes end to end: each body lasts the longer of its voice + 0.6 s and 1 s + 0.3 s a word. */
export function planTimeline(timings: readonly SceneTiming[]): Timeline {
  const scenes: ScenePlan[] = [];
  let at = 0;
  for (const [index, timing] of timings.entries()) {
    const jointIn = index === 0 ? 0 : JOINT_FRAMES;
    const jointOut = index === timings.length - 1 ? 0 : JOINT_FRAMES;
    const body = bodyFrames(timing);
    scenes.push({ jointIn, jointOut, body, bodyStart: at });
    at += body + jointOut;
  }
  return { scenes, frames: at };
}

/** The film's beginning that stays within `maxSeconds`, cut where a scene ends; at least its first scene. */
export function cutTimeline(timeline: Timeline, maxSeconds: number): Timeline {
  const most = maxSeconds * FRAMES_PER_SECOND;
  if (timeline.frames <= most) return timeline;
  const fitting = timeline.scenes.filter((scene) => scene.bodyStart + scene.body <= most);
  const kept = fitting.length === 0 ? timeline.scenes.slice(0, 1) : fitting;
  const last = kept.at(-1);
  if (last === undefined) return timeline;
  return { scenes: [...kept.slice(0, -1), { ...last, jointOut: 0 }], frames: last.bodyStart + last.body };
}

function bodyFrames(timing: SceneTiming): number {
  const voice = timing.voiceSeconds === 0 ? 0 : timing.voiceSeconds + 0.6;
  const reading = 1 + 0.3 * timing.words;
  return Math.ceil(Math.max(voice, reading, timing.atLeastSeconds, LEAST_SECONDS) * FRAMES_PER_SECOND);
}
