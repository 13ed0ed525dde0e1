import type { Provider } from '@nestjs/common';
import { BlobStorage } from '@selfos/blob-storage';
import { EventPublisher } from '@selfos/event-bus';
import { Clock } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { Transaction } from '@selfos/persistence';
import { EspeakVoice } from './adapters/espeak/espeak-voice.js';
import { Ffmpeg, findFfmpeg } from './adapters/ffmpeg/ffmpeg.js';
import { FluentFilmEncoder } from './adapters/ffmpeg/fluent-film-encoder.js';
import { TemporaryWorkshop } from './adapters/files/temporary-workshop.js';
import { FontBook } from './adapters/resvg/fonts.js';
import { ResvgCardPainter } from './adapters/resvg/resvg-card-painter.js';
import { EvidenceRepository } from './domain/evidence/evidence.repository.js';
import { RenderFilm } from './domain/film/render-film.js';
import { FileVault } from './domain/use-cases/making/file-vault.js';
import { FinishTexts } from './domain/use-cases/making/finish-texts.js';
import { GatherContent } from './domain/use-cases/making/gather-content.js';
import { MakeStory } from './domain/use-cases/making/make-story.js';
import { ReadScript } from './domain/use-cases/making/read-script.js';
import { type FilmOptions, ShootFilm } from './domain/use-cases/making/shoot-film.js';
import { StoryProgress } from './domain/use-cases/making/story-progress.js';
import { CardPainter } from './domain/ports/card-painter.js';
import { FilmEncoder } from './domain/ports/film-encoder.js';
import { Storyteller } from './domain/ports/storyteller.js';
import { StorySeals } from './domain/ports/story-seals.js';
import { SilentVoice, Voice } from './domain/ports/voice.js';
import { Workshop } from './domain/ports/workshop.js';
import { MakeSoundtrack } from './domain/sound/make-soundtrack.js';
import { StoryRepository } from './domain/story/story.repository.js';
import type { StoryEngineConfig } from './story-engine.config.js';

/** Everything that makes a story, from the brush to the film. */
export function makingProviders(config: StoryEngineConfig): Provider[] {
  return [...tools(config), ...makers(config)];
}

function tools({ story }: StoryEngineConfig): Provider[] {
  return [
    { provide: Workshop, useFactory: () => TemporaryWorkshop.start(story.temporary) },
    { provide: CardPainter, useFactory: () => new ResvgCardPainter(new FontBook()) },
    {
      provide: FilmEncoder,
      inject: [Logger],
      useFactory: (logger: Logger) => {
        const { path, source, version } = findFfmpeg();
        logger.info('films are made by FFmpeg', { source, version });
        return new FluentFilmEncoder(new Ffmpeg(path, story.encodingSeconds * 1000), { ...story, preset: story.scale === 'small' ? 'ultrafast' : story.preset });
      },
    },
    {
      provide: Voice,
      inject: [Logger],
      useFactory: (logger: Logger) => {
        const speaks = story.voice && EspeakVoice.isInstalled();
        logger.info(speaks ? 'films are spoken by espeak-ng' : 'films have captions and no voice', { reason: story.voice ? 'installed programs' : 'configuration' });
        return speaks ? new EspeakVoice() : new SilentVoice();
      },
    },
  ];
}

function makers(config: StoryEngineConfig): Provider[] {
  const options = filmOptions(config);
  return [
    { provide: FileVault, inject: [StorySeals, BlobStorage], useFactory: (seals: StorySeals, blobs: BlobStorage) => new FileVault(seals, blobs) },
    { provide: StoryProgress, inject: [StoryRepository, EventPublisher, Clock], useFactory: (stories: StoryRepository, publisher: EventPublisher, clock: Clock) => new StoryProgress(stories, publisher, clock) },
    {
      provide: GatherContent,
      inject: [Transaction, StoryRepository, EvidenceRepository],
      useFactory: (transaction: Transaction, stories: StoryRepository, evidence: EvidenceRepository) => new GatherContent(transaction, stories, evidence),
    },
    {
      provide: ShootFilm,
      inject: [Workshop, Voice, CardPainter, FilmEncoder],
      useFactory: (workshop: Workshop, voice: Voice, painter: CardPainter, encoder: FilmEncoder) => new ShootFilm(workshop, voice, new RenderFilm(painter, encoder), new MakeSoundtrack(encoder), options),
    },
    {
      provide: FinishTexts,
      inject: [StorySeals, FileVault, CardPainter],
      useFactory: (seals: StorySeals, vault: FileVault, painter: CardPainter) => new FinishTexts(seals, vault, painter, options.tall),
    },
    {
      provide: MakeStory,
      inject: [StoryProgress, Storyteller, StorySeals, GatherContent, ShootFilm, FinishTexts, FileVault],
      useFactory: (progress: StoryProgress, storyteller: Storyteller, seals: StorySeals, ...[gather, film, texts, vault]: [GatherContent, ShootFilm, FinishTexts, FileVault]) =>
        new MakeStory(progress, { gather, storyteller, script: new ReadScript(seals), film, texts, vault }),
    },
  ];
}

function filmOptions({ story }: StoryEngineConfig): FilmOptions {
  const small = story.scale === 'small';
  const sized = ({ width, height }: Size): Size => (small ? { width: third(width), height: third(height) } : { width, height });
  return {
    wide: { name: 'wide', ...sized(story.wide) },
    tall: { name: 'tall', ...sized(story.tall) },
    instagramSeconds: story.instagramSeconds,
    tiktokSeconds: story.tiktokSeconds,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A third, as an even number of pixels. */
function third(pixels: number): number {
  return Math.round(pixels / 6) * 2;
}
