import type { DataSource } from 'typeorm';
import { asPersistenceError } from './persistence.errors.js';

/** Answers whether the service can use its database now. */
export class DatabaseHealth {
  constructor(private readonly source: DataSource) {}

  /** Resolves when a query goes through, rejects with DatabaseUnavailable otherwise. */
  async check(): Promise<void> {
    try {
      await this.source.query('SELECT 1');
    } catch (error) {
      throw asPersistenceError(error);
    }
  }
}
