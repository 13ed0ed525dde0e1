import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { AskModel } from '../model/ask-model.js';
import { faultsIn } from '../model/faults-in.js';
import { BUILTIN_MODEL, type ModelQuestion, NO_USAGE, type TemplateRef, type Usage } from '../model/language-model.js';
import { AnswerFaults } from '../ports/answer-faults.js';
import { rewordQuestion, rewordSchema } from '../prompts/questions.js';
import type { Material } from '../narrative/evidence.js';
import type { Scene, Story } from '../narrative/story.js';
import { sceneIsSupported, writeStory } from '../narrative/write-story.js';

export interface ToldStory {
  readonly story: Story;
  readonly model: string;
  readonly template: TemplateRef;
  readonly usage: Usage;
}

/**
 * Tells a week from its evidence. The facts are code's; a model of language may only reword the sentences of scenes, and a wording
 * that claims anything the scene's evidence does not support is dropped for the plain one.
 */
@Injectable()
export class TellStory {
  constructor(
    private readonly model: AskModel,
    private readonly faults: AnswerFaults,
  ) {}

  /** Without wishes, nobody of the cloud is asked. */
  async execute(userId: Uuid, material: Material, { signal, wishes }: Pick<ModelQuestion, 'signal' | 'wishes'>): Promise<ToldStory> {
    const story = writeStory(material);
    const question = rewordQuestion(story.scenes);
    if (this.model.modelName === BUILTIN_MODEL) return { story, model: BUILTIN_MODEL, template: question.template, usage: NO_USAGE };
    const answer = await this.model.ask({ ...question, signal, wishes }, rewordSchema);
    await this.faults.note(userId, faultsIn(answer.by.fallback, { operation: 'narrative', template: question.template }));
    if (answer.kind !== 'answered') return { story, model: BUILTIN_MODEL, template: question.template, usage: answer.usage };
    const scenes = story.scenes.map((scene, index) => reworded(scene, answer.value.sentences.find((wording) => wording.scene === index)?.text, material));
    return { story: { ...story, scenes }, model: answer.by.model, template: question.template, usage: answer.usage };
  }
}

function reworded(scene: Scene, wording: string | undefined, material: Material): Scene {
  const changed = wording === undefined ? scene : { ...scene, sentence: wording };
  return sceneIsSupported(changed, material) ? changed : scene;
}
