import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { FakeSubscription, type Pace, type Puller, type Received, type StoredMessage } from './pubsub-state.js';

type Unary<R> = grpc.handleUnaryCall<R, unknown>;
type Pull = grpc.ServerDuplexStream<{ subscription?: string; maxOutstandingMessages?: number | string }, { receivedMessages: Received[] }>;

interface SubscriptionRequest {
  readonly name: string;
  readonly topic: string;
  readonly retryPolicy: object | null;
  readonly labels: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
/** The client library, and what it stands on. */
const CLIENT = require.resolve('@google-cloud/pubsub');
const GAX = createRequire(CLIENT).resolve('google-gax');
/** The definitions that a package ships beside its compiled code, `build/src/index.js`. */
const protosBeside = (main: string) => join(dirname(main), '..', 'protos');

/** Speaks Google Pub/Sub's own gRPC protocol on a port of 127.0.0.1, from the definitions that its client library ships. Keeps nothing. */
export class PubSubServer {
  private readonly topics = new Map<string, StoredMessage[]>();
  private readonly subscriptions = new Map<string, FakeSubscription>();
  private readonly server = new grpc.Server({ 'grpc.max_receive_message_length': 20_000_000 });
  /** The next so many publishes and acknowledgements fail as a broken network does, after they took effect; refusals come before. */
  readonly faults = { lostAnswers: 0, refusedPublishes: 0, refusedSeeks: 0 };
  port = 0;
  private nextId = 1;

  constructor(private readonly pace: Pace = { deadline: 0.1, backoff: 0.005 }) {}

  async start(): Promise<void> {
    const definition = loadSync('google/pubsub/v1/pubsub.proto', { includeDirs: [protosBeside(CLIENT), protosBeside(GAX)], longs: Number, defaults: true, keepCase: false });
    const { google } = grpc.loadPackageDefinition(definition) as unknown as { google: { pubsub: { v1: Record<'Publisher' | 'Subscriber', { service: grpc.ServiceDefinition }> } } };
    this.server.addService(google.pubsub.v1.Publisher.service, this.publisher());
    this.server.addService(google.pubsub.v1.Subscriber.service, this.subscriber());
    this.port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => (error === null ? resolve(port) : reject(error)));
    });
  }

  stop(): void {
    for (const subscription of this.subscriptions.values()) subscription.stop();
    this.server.forceShutdown();
  }

  /** What every topic was given, by the topic's short name. */
  published(): ReadonlyMap<string, number> {
    return new Map([...this.topics].map(([name, messages]) => [shortName(name), messages.length]));
  }

  /** Acknowledgements and what is left, by the subscription's short name. */
  delivered(): ReadonlyMap<string, { readonly acknowledged: number; readonly left: number }> {
    return new Map([...this.subscriptions.values()].map(({ name, acknowledged, left }) => [shortName(name), { acknowledged, left }]));
  }

  /** Brings every message to every subscription once more, as Pub/Sub may. */
  deliverAgain(): void {
    for (const subscription of this.subscriptions.values()) this.rewind(subscription);
  }

  private publisher(): grpc.UntypedServiceImplementation {
    const createTopic: Unary<{ name: string }> = ({ request }, answer) => {
      const { name } = request;
      if (this.topics.has(name)) return answer({ code: grpc.status.ALREADY_EXISTS, details: 'exists' });
      this.topics.set(name, []);
      answer(null, request);
    };
    const getTopic: Unary<{ topic: string }> = ({ request }, answer) => {
      const { topic } = request;
      if (this.topics.has(topic)) answer(null, { name: topic });
      else answer({ code: grpc.status.NOT_FOUND, details: 'no such topic' });
    };
    const publish: Unary<{ topic: string; messages: StoredMessage[] }> = ({ request }, answer) => {
      if (this.refuses('refusedPublishes', answer)) return;
      const ids = this.store(request);
      this.settle(answer, { messageIds: ids });
    };
    return { createTopic, getTopic, publish };
  }

  private subscriber(): grpc.UntypedServiceImplementation {
    const createSubscription: Unary<SubscriptionRequest> = ({ request }, answer) => {
      const { name, topic, retryPolicy, labels } = request;
      if (this.subscriptions.has(name)) return answer({ code: grpc.status.ALREADY_EXISTS, details: 'exists' });
      this.subscriptions.set(name, new FakeSubscription(name, topic, { pace: this.pace, backsOff: retryPolicy !== null, labels }));
      answer(null, request);
    };
    const getSubscription: Unary<{ subscription: string }> = ({ request }, answer) => this.tell(request.subscription, answer);
    const updateSubscription: Unary<{ subscription: SubscriptionRequest; updateMask: { paths: string[] } }> = ({ request }, answer) => {
      const { subscription, updateMask } = request;
      const known = this.subscriptions.get(subscription.name);
      if (known !== undefined && updateMask.paths.includes('labels')) known.labels = subscription.labels;
      this.tell(subscription.name, answer);
    };
    const acknowledge: Unary<{ subscription: string; ackIds: string[] }> = ({ request }, answer) => {
      const { subscription, ackIds } = request;
      for (const ackId of ackIds) this.subscriptions.get(subscription)?.acknowledge(ackId);
      this.settle(answer, {});
    };
    const modifyAckDeadline: Unary<{ subscription: string; ackIds: string[]; ackDeadlineSeconds: number }> = ({ request }, answer) => {
      const { subscription, ackIds, ackDeadlineSeconds } = request;
      for (const ackId of ackIds) this.subscriptions.get(subscription)?.modify(ackId, ackDeadlineSeconds);
      answer(null, {});
    };
    const pull: Unary<{ subscription: string; maxMessages: number }> = ({ request }, answer) => {
      const subscription = this.subscriptions.get(request.subscription);
      if (subscription === undefined) return answer({ code: grpc.status.NOT_FOUND, details: 'no such subscription' });
      answer(null, { receivedMessages: subscription.pull(request.maxMessages).map(wire) });
    };
    const listSubscriptions: Unary<{ project: string }> = ({ request }, answer) => {
      const ofProject = [...this.subscriptions.values()].filter(({ name }) => name.startsWith(`${request.project}/`));
      answer(null, { subscriptions: ofProject.map(({ name, topic }) => ({ name, topic })), nextPageToken: '' });
    };
    const seek: Unary<{ subscription: string }> = ({ request }, answer) => {
      if (this.refuses('refusedSeeks', answer)) return;
      const subscription = this.subscriptions.get(request.subscription);
      if (subscription !== undefined) this.rewind(subscription);
      answer(null, {});
    };
    return { createSubscription, getSubscription, updateSubscription, listSubscriptions, acknowledge, modifyAckDeadline, pull, seek, streamingPull: (call: Pull) => this.stream(call) };
  }

  private refuses(fault: 'refusedPublishes' | 'refusedSeeks', answer: grpc.sendUnaryData<unknown>): boolean {
    if (this.faults[fault] <= 0) return false;
    this.faults[fault] -= 1;
    answer({ code: grpc.status.UNAVAILABLE, details: 'try again' });
    return true;
  }

  private tell(name: string, answer: grpc.sendUnaryData<unknown>): void {
    const known = this.subscriptions.get(name);
    if (known === undefined) answer({ code: grpc.status.NOT_FOUND, details: 'no such subscription' });
    else answer(null, { name, topic: known.topic, labels: known.labels });
  }

  private stream(call: Pull): void {
    call.once('data', (first: { subscription: string; maxOutstandingMessages: number }) => {
      const subscription = this.subscriptions.get(first.subscription);
      if (subscription === undefined) return void call.emit('error', { code: grpc.status.NOT_FOUND, details: 'no such subscription' });
      const puller: Puller = { most: Number(first.maxOutstandingMessages), open: new Set(), deliver: (received) => void call.write({ receivedMessages: [wire(received)] }) };
      subscription.pullers.add(puller);
      for (const end of ['end', 'close', 'error', 'cancelled'] as const) call.on(end, () => subscription.leave(puller));
      call.on('end', () => call.end());
      subscription.flow();
    });
  }

  private rewind(subscription: FakeSubscription): void {
    for (const message of this.topics.get(subscription.topic) ?? []) subscription.add(message);
  }

  private store({ topic, messages }: { topic: string; messages: readonly StoredMessage[] }): string[] {
    const kept = this.topics.get(topic);
    return messages.map((message) => {
      const stored = { ...message, messageId: String(this.nextId), publishedMs: Date.now() };
      this.nextId += 1;
      kept?.push(stored);
      for (const subscription of this.subscriptions.values()) if (subscription.topic === topic) subscription.add(stored);
      return stored.messageId;
    });
  }

  private settle(answer: grpc.sendUnaryData<unknown>, value: unknown): void {
    if (this.faults.lostAnswers <= 0) return answer(null, value);
    this.faults.lostAnswers -= 1;
    answer({ code: grpc.status.UNAVAILABLE, details: 'the answer was lost' });
  }
}

/** `projects/p/topics/t` is `t`. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function wire(received: Received): Received {
  const { publishedMs: _kept, ...message } = received.message;
  return { ...received, message: message as StoredMessage };
}
