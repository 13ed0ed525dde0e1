import type { DynamicModule, FactoryProvider, Provider } from '@nestjs/common';
import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import type { Transaction } from '@selfos/persistence';
import { type JobHandler, WorkRunner } from '@selfos/work';
import { MakeStory } from '../src/domain/use-cases/making/make-story.js';
import { configSchema, manifest } from '../src/index.js';
import { StoryEngineModule } from '../src/story-engine.module.js';
import { Fate, MortalHandler, MortalTransaction, type Point } from './mortality.js';

// The whole service as a process of its own. It dies at the point that its parent names, and says where it can be reached.
const fate = new Fate();
const made: { handler?: MortalHandler } = {};

const isMadeBy = (token: unknown) => (provider: Provider): provider is FactoryProvider => 'provide' in provider && provider.provide === token && 'useFactory' in provider;

function mortal(provider: Provider): Provider {
  if (isMadeBy(MakeStory)(provider)) {
    return { ...provider, useFactory: (...parts: unknown[]) => (made.handler = new MortalHandler(provider.useFactory(...parts) as JobHandler, fate)) };
  }
  if (isMadeBy(WorkRunner)(provider)) {
    const useFactory = (store: unknown, transaction: Transaction, ...rest: unknown[]): unknown =>
      provider.useFactory(store, new MortalTransaction(transaction, fate, () => made.handler?.committing), ...rest);
    return { ...provider, useFactory };
  }
  return provider;
}

process.on('message', (point: Partial<Point>) => {
  fate.set(point);
  process.send?.('heard');
});
process.on('disconnect', () => process.exit(0));
const config = loadConfig(configSchema);
const module: DynamicModule = StoryEngineModule.with(config);
const service = await runService({ ...module, providers: (module.providers ?? []).map(mortal) }, manifest, config);
process.send?.({ url: service.url });
