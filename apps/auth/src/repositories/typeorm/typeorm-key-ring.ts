import { DOMAINS, type Domain } from '@selfos/contracts';
import { asDomainKey, asServerKey, deriveHmacKey, keyedHash, KeyFileUnusable, KeyWrap, newDomainKey, toHex, wipe, type DomainKey, type ServerKey } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import { DatabaseContext, Transaction } from '@selfos/persistence';
import { asUser } from '../../domain/as-user.js';
import { KeyRing } from '../../domain/keys/key-ring.js';

const SERVER = 'server';

interface WrappedRow {
  readonly wrapped: Buffer;
  readonly kek_version: number;
}

/** Keys in the database `keys`, which only auth can reach. Its transactions are its own, never part of another database's. */
export class TypeormKeyRing extends KeyRing {
  constructor(
    private readonly transaction: Transaction,
    private readonly database: DatabaseContext,
    private readonly wrap: KeyWrap,
  ) {
    super();
  }

  /** Throws KeyFileUnusable when these keys were wrapped by another key file. Before the first start any file is right. */
  async checkKeyFile(): Promise<void> {
    const mark = toHex(await keyedHash(await deriveHmacKey(await this.wrap.rootSecret(), 'key-file-mark'), 'selfos'));
    const kept = await this.transaction.run(async () => {
      await this.database.manager().query('INSERT INTO key_file (mark) VALUES ($1) ON CONFLICT DO NOTHING', [mark]);
      const rows: { mark: string }[] = await this.database.manager().query('SELECT mark FROM key_file');
      return rows[0]?.mark;
    });
    if (kept !== mark) throw new KeyFileUnusable({ detail: 'the key file is not the one that wrapped the keys in this database: put the right file back' });
  }

  async create(userId: Uuid): Promise<void> {
    const rows = await Promise.all([...DOMAINS, SERVER].map((domain) => this.newRow(userId, domain)));
    const values = rows.map((_, at) => `($1, $${at * 3 + 2}, 1, $${at * 3 + 3}, $${at * 3 + 4})`).join(', ');
    const sql = `INSERT INTO wrapped_keys (user_id, domain, epoch, wrapped, kek_version) VALUES ${values} ON CONFLICT DO NOTHING`;
    await asUser(userId, () => this.transaction.run(() => this.database.manager().query(sql, [userId, ...rows.flat()])));
  }

  async domainKey(userId: Uuid, domain: Domain, epoch: number): Promise<DomainKey | undefined> {
    const bytes = await this.find(userId, domain, epoch);
    return bytes === undefined ? undefined : asDomainKey(bytes);
  }

  async serverKey(userId: Uuid): Promise<ServerKey | undefined> {
    const bytes = await this.find(userId, SERVER, 1);
    return bytes === undefined ? undefined : asServerKey(bytes);
  }

  private async newRow(userId: Uuid, domain: string): Promise<[string, Buffer, number]> {
    const key = newDomainKey();
    const { bytes, version } = await this.wrap.wrap(key, placeOf(userId, domain, 1));
    wipe(key);
    return [domain, Buffer.from(bytes), version];
  }

  private async find(userId: Uuid, domain: string, epoch: number): Promise<Uint8Array | undefined> {
    const sql = 'SELECT wrapped, kek_version FROM wrapped_keys WHERE user_id = $1 AND domain = $2 AND epoch = $3';
    const rows: WrappedRow[] = await asUser(userId, () => this.transaction.run(() => this.database.manager().query(sql, [userId, domain, epoch])));
    const [row] = rows;
    if (row === undefined) return undefined;
    return this.wrap.unwrap({ version: row.kek_version, bytes: Uint8Array.from(row.wrapped) }, placeOf(userId, domain, epoch));
  }
}

function placeOf(userId: Uuid, domain: string, epoch: number): string {
  return `${userId}/${domain}/${epoch}`;
}
