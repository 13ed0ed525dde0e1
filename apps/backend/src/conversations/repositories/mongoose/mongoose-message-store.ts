import { DependencyGuard } from '@selfos/http';
import type { Uuid } from '@selfos/kernel';
import mongoose, { type Connection, type Model } from 'mongoose';
import { MessageStoreUnavailable } from '../../domain/conversation/conversation.errors.js';
import type { StoredMessage } from '../../domain/conversation/conversation.js';
import { MessageStore } from '../../domain/ports/message-store.js';
import { MESSAGE_STORE_LIMITS } from './message-store-limits.js';

const TIMEOUT_MS = MESSAGE_STORE_LIMITS.timeoutMs;
const DATABASE = 'selfos';

/** A message as a document: one for each, so that writing it again is a plain replacement. */
interface MessageDocument {
  /** The person and the message: clients may bring ids, and two people the same one. */
  readonly _id: string;
  readonly user_id: Uuid;
  readonly conversation_id: Uuid;
  readonly message: StoredMessage;
}

const schema = new mongoose.Schema<MessageDocument>(
  { _id: { type: String, required: true }, user_id: { type: String, required: true }, conversation_id: { type: String, required: true }, message: { type: mongoose.Schema.Types.Mixed, required: true } },
  { collection: 'messages', versionKey: false, strict: 'throw', minimize: false, autoIndex: false, autoCreate: false },
);

/** Messages in MongoDB, or a server that speaks its protocol. The person is part of every filter. */
export class MongooseMessageStore extends MessageStore {
  private readonly connection: Connection;
  private readonly messages: Model<MessageDocument>;
  private readonly guard = new DependencyGuard(MESSAGE_STORE_LIMITS, (detail) => new MessageStoreUnavailable({ detail }));

  constructor(url: string) {
    super();
    const named = new URL(url.replace(/^mongodb(\+srv)?:/, 'http:').replace(/,[^/@]*(?=\/|$)/, '')).pathname.length > 1;
    this.connection = mongoose.createConnection(url, {
      ...(named ? {} : { dbName: DATABASE }),
      serverSelectionTimeoutMS: TIMEOUT_MS,
      connectTimeoutMS: TIMEOUT_MS,
      socketTimeoutMS: TIMEOUT_MS,
      maxPoolSize: 5,
    });
    // Whoever uses the store gets the failure; here it only must not be left alone.
    this.connection.asPromise().catch(() => undefined);
    this.messages = this.connection.model<MessageDocument>('Message', schema);
  }

  async put(userId: Uuid, messages: readonly StoredMessage[]): Promise<void> {
    await this.available(() =>
      this.messages.bulkWrite(
        messages.map((message) => ({
          replaceOne: {
            filter: { _id: keyOf(userId, message.id), user_id: userId },
            replacement: { _id: keyOf(userId, message.id), user_id: userId, conversation_id: message.conversation_id, message },
            upsert: true,
          },
        })),
      ),
    );
  }

  async remove(userId: Uuid, ids: readonly Uuid[]): Promise<number> {
    if (ids.length === 0) return 0;
    const { deletedCount } = await this.available(() => this.messages.deleteMany({ _id: { $in: ids.map((id) => keyOf(userId, id)) }, user_id: userId }).exec());
    return deletedCount;
  }

  async find(userId: Uuid, ids: readonly Uuid[]): Promise<readonly StoredMessage[]> {
    const documents = await this.available(() => this.messages.find({ _id: { $in: ids.map((id) => keyOf(userId, id)) }, user_id: userId }).lean<MessageDocument[]>().exec());
    return documents.map(({ message }) => message);
  }

  async check(): Promise<void> {
    await this.available(() => this.connection.asPromise());
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private available<T>(work: () => Promise<T>): Promise<T> {
    return this.guard.run(false, async () => {
      try {
        return await work();
      } catch (cause) {
        throw new MessageStoreUnavailable({ cause });
      }
    });
  }
}

function keyOf(userId: Uuid, id: Uuid): string {
  return `${userId}/${id}`;
}
