import type { INestApplication } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Server } from '@nestjs/microservices';

/** A transport that one of the service's modules brings, such as the event bus, and that knows how to connect itself. */
type Connectable = Server & { connectTo(app: INestApplication): void };

/** Connects and starts every transport among the service's providers, so that its `@EventPattern` handlers get their events. */
export async function connectTransports(app: INestApplication): Promise<void> {
  const providers = app.get(DiscoveryService, { strict: false }).getProviders();
  const transports = new Set(providers.map((wrapper): unknown => wrapper.instance).filter(isConnectable));
  for (const transport of transports) transport.connectTo(app);
  if (transports.size > 0) await app.startAllMicroservices();
}

function isConnectable(instance: unknown): instance is Connectable {
  return instance instanceof Server && 'connectTo' in instance;
}
