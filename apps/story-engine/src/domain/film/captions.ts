import { FRAMES_PER_SECOND } from './film-format.js';
import type { Scene } from './scene.js';
import { CLEAR_FRAMES, type Timeline } from './timeline.js';

/** What is shown from `start` to `end`, in seconds of the film; lines of at most 42 characters, at most two. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

const LINE = 42;
const LINES = 2;

/** Everything that a scene says, in the order in which it is read: what captions, voice and transcript share. */
export function spokenText(scene: Scene): string {
  const said = scene.template === 'paper' || scene.sentence.includes(scene.figure);
  return said ? scene.sentence : `${scene.figure} ${scene.unit}. ${scene.sentence}`;
}

/** The same as a voice reads it: abbreviations of the figures in full. */
export function voicedText(scene: Scene): string {
  return spokenText(scene).replace(/(\d) h (\d)/g, '$1 hours $2').replace(/(\d) h\b/g, '$1 hours').replace(/(\d) min\b/g, '$1 minutes');
}

/** The film's captions: each scene's words spread over its body, in step with their length. */
export function captionsOf(scenes: readonly Scene[], timeline: Timeline): Cue[] {
  return timeline.scenes.flatMap((plan, index) => {
    const scene = scenes[index];
    if (scene === undefined) return [];
    const pages = pagesOf(spokenText(scene));
    const start = plan.bodyStart / FRAMES_PER_SECOND;
    const length = (plan.body - CLEAR_FRAMES) / FRAMES_PER_SECOND;
    const weights = pages.map((page) => page.join(' ').length);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const ends = weights.map((_, i) => start + (length * weights.slice(0, i + 1).reduce((sum, weight) => sum + weight, 0)) / total);
    return pages.map((lines, i) => ({ start: ends[i - 1] ?? start, end: ends[i] ?? start, lines }));
  });
}

/** SubRip text. */
export function srtOf(cues: readonly Cue[]): string {
  return cues.map((cue, i) => `${i + 1}\n${stamp(cue.start, ',')} --> ${stamp(cue.end, ',')}\n${cue.lines.join('\n')}\n`).join('\n');
}

/** WebVTT (W3C) text; the characters it reserves are escaped. */
export function vttOf(cues: readonly Cue[]): string {
  const safe = (line: string): string => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `WEBVTT\n\n${cues.map((cue) => `${stamp(cue.start, '.')} --> ${stamp(cue.end, '.')}\n${cue.lines.map(safe).join('\n')}\n`).join('\n')}`;
}

function pagesOf(text: string): string[][] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((one) => one.match(new RegExp(`.{1,${LINE}}`, 'gu')) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return Array.from({ length: Math.ceil(lines.length / LINES) }, (_, i) => lines.slice(i * LINES, i * LINES + LINES));
}

function stamp(seconds: number, separator: ',' | '.'): string {
  const total = Math.round(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.floor(total / 1000);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${separator}${String(total % 1000).padStart(3, '0')}`;
}
