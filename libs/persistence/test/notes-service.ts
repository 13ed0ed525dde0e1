import { Column, Entity, PrimaryColumn, type QueryRunner } from 'typeorm';
import { AsyncLocalStorage } from 'node:async_hooks';
import { closeDatabase, DatabaseContext, ForwardMigration, openDatabase, type OpenDatabase, TypeormTransaction, userOwnedTable } from '../src/index.js';

export const ADA = '01900000-0000-7000-8000-00000000000a';
export const BEN = '01900000-0000-7000-8000-00000000000b';

@Entity('notes')
export class NoteRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text')
  body!: string;
}

export class CreateNotes1763800000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notes (id uuid PRIMARY KEY, user_id uuid NOT NULL, body text NOT NULL)');
    await userOwnedTable(runner, 'notes');
  }
}

/** A small service with people's notes, for the suites of this library. */
export class NotesService {
  private readonly user = new AsyncLocalStorage<string>();
  readonly context = new DatabaseContext();
  readonly transaction: TypeormTransaction;

  private constructor(readonly open: OpenDatabase) {
    this.transaction = new TypeormTransaction(open.app, this.context, () => this.user.getStore());
  }

  static async start(databaseUrl: string): Promise<NotesService> {
    return new NotesService(await openDatabase({ name: 'notes', databaseUrl, rows: [NoteRow], migrations: [CreateNotes1763800000000] }));
  }

  stop(): Promise<void> {
    return closeDatabase(this.open);
  }

  as<T>(userId: string, work: () => Promise<T>): Promise<T> {
    return this.user.run(userId, work);
  }

  currentUser(): string | undefined {
    return this.user.getStore();
  }

  write(id: string, userId: string): Promise<void> {
    return this.transaction.run(async () => {
      await this.context.manager().insert(NoteRow, { id, userId, body: 'sealed' });
    });
  }

  /** Every row that the database is willing to show: no WHERE on purpose. */
  all(): Promise<readonly NoteRow[]> {
    return this.transaction.run(() => this.context.manager().query('SELECT id, user_id AS "userId", body FROM notes'));
  }
}
