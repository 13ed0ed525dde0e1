import type { Plain, routes } from '@selfos/contracts';
import type { Evidence, Material } from '../domain/narrative/evidence.js';
import type { Scene, Story } from '../domain/narrative/story.js';

type Asked = Plain<typeof routes.writeNarrative.body>;
export type NarrativeBody = Plain<typeof routes.writeNarrative.response>;

export function toMaterial({ start_date: start, end_date: end, evidence }: Asked): Material {
  return { period: { start, end }, evidence: evidence.map(toEvidence) };
}

function toEvidence(item: Asked['evidence'][number]): Evidence {
  const shared = { id: item.id, title: item.title, lifeAreas: item.life_areas, date: item.local_date };
  return item.kind === 'goal'
    ? { kind: 'goal', ...shared, achieved: item.achieved, progress: item.progress }
    : { kind: 'occurrence', ...shared, taskId: item.task_id, minutes: item.minutes };
}

export function toNarrativeBody(storyId: string, story: Story, model: string): NarrativeBody {
  return {
    story_id: storyId,
    title: story.title,
    narrative: { title: story.title, sentences: story.sentences.map(({ text, evidenceIds }) => ({ text, evidence_ids: [...evidenceIds] })) },
    script: { title: story.title, caption: story.caption, scenes: story.scenes.map(toScene) },
    blog_markdown: story.blogMarkdown,
    note_markdown: story.noteMarkdown,
    model,
  };
}

function toScene(scene: Scene): NarrativeBody['script']['scenes'][number] {
  const { kind, lifeArea, label, sentence, footnote, figure, figureUnit, days, durationSeconds, evidenceIds } = scene;
  return {
    kind, life_area: lifeArea, label, sentence, footnote, figure, figure_unit: figureUnit, days: days === null ? null : [...days],
    duration_seconds: durationSeconds, evidence_ids: [...evidenceIds],
  };
}
