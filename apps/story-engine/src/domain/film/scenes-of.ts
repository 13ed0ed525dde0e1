import type { StoryScene, StoryScript } from '@selfos/contracts';
import type { Scene } from './scene.js';

/** The script's scenes as the film draws them. A night scene without a figure or days has nothing to show and becomes paper. */
export function scenesOf(script: StoryScript, initials: readonly string[]): Scene[] {
  return script.scenes.map((scene) => sceneOf(scene, initials));
}

function sceneOf(scene: StoryScene, initials: readonly string[]): Scene {
  const { label, sentence } = scene;
  const words = { label, sentence, area: scene.life_area, ...(scene.footnote === null ? {} : { footnote: scene.footnote }) };
  if (scene.kind === 'paper' || scene.figure === null || scene.days === null) return { template: 'paper', ...words };
  return { template: 'night', ...words, figure: scene.figure, unit: scene.figure_unit ?? '', days: scene.days, initials };
}
