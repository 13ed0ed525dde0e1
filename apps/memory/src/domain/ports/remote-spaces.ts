import type { Uuid } from '@selfos/kernel';

/** Under which name a person's vectors lie elsewhere. The name follows from their key: it is kept so that it can still be told when the key is gone. Joins the ambient transaction. */
export abstract class RemoteSpaces {
  abstract find(userId: Uuid): Promise<string | undefined>;

  abstract keep(userId: Uuid, space: string): Promise<void>;
}
