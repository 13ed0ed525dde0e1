import type { StoryScript } from '@selfos/contracts';
import { type Job, JobHandler, type JobStep, type JsonValue, type RunningJob } from '@selfos/work';
import { dayInitials } from '../../period/period.js';
import { type Scene } from '../../film/scene.js';
import { scenesOf } from '../../film/scenes-of.js';
import { Storyteller } from '../../ports/storyteller.js';
import type { FileVault } from './file-vault.js';
import type { FinishTexts } from './finish-texts.js';
import type { GatherContent } from './gather-content.js';
import type { ReadScript } from './read-script.js';
import type { ShootFilm } from './shoot-film.js';
import { outputOf } from './step-outputs.js';
import type { StoryProgress } from './story-progress.js';

export const MAKE_STORY = 'stories.make';

/** A story of the week that comes half a day late is still that week's story. */
const PATIENCE_MS = 12 * 3_600_000;

export interface StoryMakers {
  readonly gather: GatherContent;
  readonly storyteller: Storyteller;
  readonly script: ReadScript;
  readonly film: ShootFilm;
  readonly texts: FinishTexts;
  readonly vault: FileVault;
}

/** Makes one story in nine states. A crash in any of them costs that state's work and nothing else; the end is told once. */
export class MakeStory extends JobHandler {
  readonly kind = MAKE_STORY;
  override readonly patienceMs = PATIENCE_MS;
  readonly steps: readonly JobStep[];

  constructor(
    private readonly progress: StoryProgress,
    private readonly makers: StoryMakers,
  ) {
    super();
    this.steps = [
      { name: 'TriggerGeneration', commit: (job) => this.passed(job, 'TriggerGeneration') },
      { name: 'GatherContent', perform: (job) => this.gather(job), commit: (job) => this.passed(job, 'GatherContent') },
      { name: 'AnalyzeNarrative', perform: (job) => this.tell(job), commit: (job, output) => this.keepNarrative(job, output) },
      { name: 'GenerateScript', perform: (job) => this.check(job), commit: (job) => this.keepScript(job) },
      { name: 'CreateMedia', perform: (job) => this.plan(job), commit: (job) => this.passed(job, 'CreateMedia') },
      { name: 'RenderVideo', perform: (job) => this.shoot(job), commit: (job) => this.passed(job, 'RenderVideo') },
      { name: 'PostProcess', perform: (job) => this.finishTexts(job), commit: (job) => this.passed(job, 'PostProcess') },
      { name: 'StoreResults', perform: (job) => this.sweep(job), commit: (job) => this.store(job) },
      { name: 'NotifyUser', commit: (job) => this.progress.finished(personOf(job), job.key) },
    ];
  }

  override onFailed(job: Job, errorClass: string): Promise<void> {
    return this.progress.failed(personOf(job), job.key, errorClass);
  }

  override onWaiting(job: Job): Promise<void> {
    return this.progress.waiting(personOf(job), job.key);
  }

  private passed(job: RunningJob, state: 'TriggerGeneration' | 'GatherContent' | 'CreateMedia' | 'RenderVideo' | 'PostProcess'): Promise<void> {
    return this.progress.passed(personOf(job), job.key, { state });
  }

  private async gather(job: RunningJob): Promise<JsonValue> {
    return json({ evidence: await this.makers.gather.execute(personOf(job), job.key) });
  }

  private async tell(job: RunningJob): Promise<JsonValue> {
    const { period } = await this.makers.gather.current(personOf(job), job.key);
    return json(await this.makers.storyteller.tell(job.key, period, outputOf(job, 'GatherContent').evidence));
  }

  private async keepNarrative(job: RunningJob, output: JsonValue | undefined): Promise<void> {
    const { title, narrative } = outputOf({ output: () => output }, 'AnalyzeNarrative');
    await this.progress.passed(personOf(job), job.key, { state: 'AnalyzeNarrative', texts: { title, narrative } });
  }

  private async check(job: RunningJob): Promise<JsonValue> {
    return { scenes: (await this.readScript(job)).scenes.length };
  }

  private async keepScript(job: RunningJob): Promise<void> {
    const { script, blogMarkdown, obsidianNote } = outputOf(job, 'AnalyzeNarrative');
    await this.progress.passed(personOf(job), job.key, { state: 'GenerateScript', texts: { script, blogMarkdown, obsidianNote } });
  }

  private async plan(job: RunningJob): Promise<JsonValue> {
    const { script, scenes } = await this.readScript(job);
    return json(await this.makers.film.plan(scenes, script.scenes.map((scene) => scene.duration_seconds), job.signal));
  }

  private async shoot(job: RunningJob): Promise<JsonValue> {
    const userId = personOf(job);
    const { scenes } = await this.readScript(job);
    const shoot = { storyId: job.key, scenes, timeline: outputOf(job, 'CreateMedia'), signal: job.signal };
    return json({ files: await this.makers.film.shoot(shoot, (file) => this.makers.vault.keep(userId, job.key, file)) });
  }

  private async finishTexts(job: RunningJob): Promise<JsonValue> {
    const { blogMarkdown } = outputOf(job, 'AnalyzeNarrative');
    const timeline = outputOf(job, 'CreateMedia');
    return json(await this.makers.texts.execute({ userId: personOf(job), storyId: job.key, ...(await this.readScript(job)), timeline, blogMarkdown }));
  }

  private async sweep(job: RunningJob): Promise<JsonValue> {
    const files = [...outputOf(job, 'RenderVideo').files, ...outputOf(job, 'PostProcess').files];
    await this.makers.vault.keepOnly(personOf(job), job.key, files);
    return { files: files.length };
  }

  private async store(job: RunningJob): Promise<void> {
    const post = outputOf(job, 'PostProcess');
    const files = [...outputOf(job, 'RenderVideo').files, ...post.files];
    await this.progress.stored(personOf(job), job.key, { files, texts: { blogPost: post.blogPost } });
  }

  private async readScript(job: RunningJob): Promise<{ script: StoryScript; scenes: Scene[] }> {
    const userId = personOf(job);
    const { period } = await this.makers.gather.current(userId, job.key);
    const evidence = outputOf(job, 'GatherContent').evidence.map((one) => one.id);
    const script = await this.makers.script.execute({ userId, storyId: job.key, envelope: outputOf(job, 'AnalyzeNarrative').script, evidence });
    return { script, scenes: scenesOf(script, dayInitials(period)) };
  }
}

function personOf(job: Job): string {
  if (job.userId === undefined) throw new Error('a story belongs to a person');
  return job.userId;
}

/** Plain JSON as the work table takes it. */
function json(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
