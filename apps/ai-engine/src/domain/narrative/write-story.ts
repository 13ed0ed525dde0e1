import { unsupportedClaims, type ClaimedSentence } from './claim-checker.js';
import type { Material } from './evidence.js';
import type { Scene, Story } from './story.js';
import { periodWords } from './words.js';
import { writeScenes } from './write-scenes.js';
import { blogMarkdown, captionOf, noteMarkdown, writeSections } from './write-texts.js';

/**
 * Writes the story of a week from its evidence. Nothing that the evidence does not support is said: scenes and sentences pass the
 * claim checker, and one that does not is left out.
 */
export function writeStory(material: Material): Story {
  const title = `Your week, ${periodWords(material.period)}`;
  const sections = writeSections(material)
    .map((section) => ({ ...section, sentences: section.sentences.filter((sentence) => isSupported(sentence, material)) }))
    .filter(({ sentences }) => sentences.length > 0);
  const scenes = writeScenes(material).filter((scene) => sceneIsSupported(scene, material));
  return {
    title,
    sentences: sections.flatMap(({ sentences }) => sentences),
    caption: captionOf(material),
    scenes,
    blogMarkdown: blogMarkdown(title, sections),
    noteMarkdown: noteMarkdown(title, material),
  };
}

export function isSupported(sentence: ClaimedSentence, material: Material): boolean {
  return unsupportedClaims(sentence, material).length === 0;
}

/** Every text of a scene rests on the evidence of the scene. */
export function sceneIsSupported(scene: Scene, material: Material): boolean {
  const texts = [scene.sentence, scene.footnote, scene.figure === null ? null : `${scene.figure} ${scene.figureUnit ?? ''}`].filter((text) => text !== null);
  return texts.every((text) => isSupported({ text, evidenceIds: scene.evidenceIds }, material));
}
