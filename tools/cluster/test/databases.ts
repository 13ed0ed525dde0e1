import pg from 'pg';

/** Works on a service's database as its administrator; `databaseUrl` is the URL that all services were given. */
export async function withDatabase(databaseUrl: string, service: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = `${url.pathname}_${service}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
