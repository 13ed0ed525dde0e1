import { Catch, type INestApplication, type RpcExceptionFilter } from '@nestjs/common';
import { BaseRpcContext, NestMicroservice, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { eventDefinition, type EventEnvelope, type ServiceName } from '@selfos/contracts';
import { isObservable, lastValueFrom, throwError, type Observable } from 'rxjs';
import { EventBus, type Subscription } from '../event-bus.js';
import type { EventRunner } from './event-runner.js';

/**
 * Brings events to the `@EventPattern` handlers of a Nest application, whichever bus it is. Nest's own `handleEvent` swallows what a
 * handler throws; here it reaches the bus, and the event comes again.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  private subscription: Subscription | undefined;
  private connected = false;

  constructor(
    private readonly bus: EventBus,
    private readonly consumer: ServiceName,
    private readonly runner: EventRunner,
  ) {
    super();
  }

  /** Makes the application's `@EventPattern` handlers ours; they run after its `startAllMicroservices`. Again changes nothing. */
  connectTo(app: INestApplication): void {
    if (this.connected) return;
    this.connected = true;
    const service = app.connectMicroservice({ strategy: this }, { deferInitialization: true });
    if (!(service instanceof NestMicroservice)) throw new Error('Nest made no microservice of the event bus');
    // Nest reads the filters while it registers the handlers, so ours has to be there before; its hooks belong to the application
    service.useGlobalFilters(new PassOn());
    service.registerListeners();
    service.setIsInitialized(true);
    service.setIsInitHookCalled(true);
  }

  /** Nest calls this once the handlers are known. A handler for a type that the catalogue lacks stops the start. */
  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await this.subscription?.close();
    this.subscription = undefined;
  }

  override on(): void {
    throw new Error('The event bus has no events of its own');
  }

  override unwrap<T>(): T {
    return this.bus as T;
  }

  private async start(): Promise<void> {
    const types = [...this.messageHandlers.keys()];
    const unknown = types.filter((type) => eventDefinition(type) === undefined);
    if (unknown.length > 0) throw new Error(`The event catalogue has no ${unknown.join(', ')}`);
    if (types.length === 0) return;
    const handle = (event: EventEnvelope) => this.handle(event);
    this.subscription = await this.bus.subscribe({
      group: this.consumer,
      types,
      handler: (event) => this.runner.run(event, handle),
      batchHandler: (batch, signal) => this.runner.runTogether(batch, handle, signal),
    });
  }

  private async handle(event: EventEnvelope): Promise<void> {
    const handler = this.getHandlerByPattern(event.type);
    if (handler === null) throw new Error('There is no handler for a type that was subscribed to');
    const result: unknown = await handler(event, new BaseRpcContext([]));
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}

/** Hands a handler's error on as it is; Nest's own filter replaces it by "Internal server error". */
@Catch()
class PassOn implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Connects an application to the event bus that it imports, where no service runner does. */
export function connectEvents(app: INestApplication): void {
  app.get(BusServer).connectTo(app);
}
