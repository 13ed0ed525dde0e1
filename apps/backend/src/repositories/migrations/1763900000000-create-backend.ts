import { ForwardMigration, userOwnedTable, workerSweeps } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

const AREAS = `ARRAY['health', 'career', 'relationships', 'creativity', 'finance', 'personal_growth', 'spirituality']`;
const LIFE_AREAS = `life_areas text[] NOT NULL CHECK (cardinality(life_areas) BETWEEN 1 AND 7 AND life_areas <@ ${AREAS})`;
const SEALED = (name: string) => `${name} jsonb NOT NULL CHECK (${name} ? 'c')`;

/** Everything that a person plans, does and says. Words are envelopes (`c` is their ciphertext), never plain. */
export class CreateBackend1763900000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
    for (const index of INDEXES) await runner.query(index);
    for (const name of ['people', 'goals', 'tasks', 'occurrences', 'plans', 'conversations', 'turns', 'messages', 'settings', 'begun_turns']) await userOwnedTable(runner, name);
    await workerSweeps(runner, 'begun_turns', `since < clock_timestamp() - interval '1 hour'`);
  }
}

const TABLES: readonly string[] = [
  `CREATE TABLE people (
    user_id uuid PRIMARY KEY,
    timezone text NOT NULL,
    seq bigint NOT NULL
  )`,
  `CREATE TABLE goals (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    ${SEALED('title')},
    ${SEALED('vision')},
    ${LIFE_AREAS},
    target_date date NOT NULL,
    milestones jsonb NOT NULL CHECK (jsonb_typeof(milestones) = 'array'),
    ${SEALED('success_metrics')},
    inspiration_media uuid[] NOT NULL,
    status text NOT NULL CHECK (status IN ('active', 'achieved', 'dropped')),
    progress double precision NOT NULL CHECK (progress BETWEEN 0 AND 1),
    plan_id uuid,
    achieved_at timestamptz CHECK (achieved_at IS NOT NULL OR status <> 'achieved'),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    PRIMARY KEY (user_id, id)
  )`,
  `CREATE TABLE tasks (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    ${SEALED('title')},
    description jsonb CHECK (description ? 'c'),
    ${LIFE_AREAS},
    priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 5),
    energy_required smallint NOT NULL CHECK (energy_required BETWEEN 1 AND 5),
    duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
    due_date timestamptz,
    recurring_pattern text CHECK (recurring_pattern ~ '^FREQ=(DAILY|WEEKLY|MONTHLY)(;[A-Z]+=[-A-Z0-9,]+)*$'),
    start_date date NOT NULL,
    scheduled_time text CHECK (scheduled_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    timezone text NOT NULL CHECK (length(timezone) BETWEEN 1 AND 64),
    attachments uuid[] NOT NULL,
    parent_goal_id uuid,
    status text NOT NULL CHECK (status IN ('open', 'completed', 'cancelled')),
    plan_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, parent_goal_id) REFERENCES goals (user_id, id) ON DELETE SET NULL (parent_goal_id)
  )`,
  // What was done stays when its task goes: it is the evidence of a life.
  `CREATE TABLE occurrences (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    local_date date NOT NULL,
    status text NOT NULL CHECK (status IN ('completed', 'skipped')),
    completed_at timestamptz NOT NULL,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    version integer NOT NULL CHECK (version > 0),
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, task_id, local_date)
  )`,
  `CREATE TABLE plans (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid,
    status text NOT NULL CHECK (status IN ('proposed', 'applied', 'rejected', 'undone')),
    changes jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'array'),
    accepted integer[],
    reversals jsonb NOT NULL CHECK (jsonb_typeof(reversals) = 'array'),
    kept jsonb NOT NULL CHECK (jsonb_typeof(kept) = 'array'),
    created_at timestamptz NOT NULL,
    applied_at timestamptz,
    undone_at timestamptz,
    PRIMARY KEY (user_id, id),
    CHECK ((status IN ('applied', 'undone')) = (applied_at IS NOT NULL)),
    CHECK ((status IN ('applied', 'undone')) = (accepted IS NOT NULL)),
    CHECK ((status = 'undone') = (undone_at IS NOT NULL))
  )`,
  `CREATE TABLE conversations (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    turns integer NOT NULL CHECK (turns > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
  )`,
  // A turn's row is the commit of both its messages, wherever those are stored.
  `CREATE TABLE turns (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    message_id uuid NOT NULL,
    reply_id uuid NOT NULL,
    plan_id uuid,
    model text NOT NULL,
    answered_by jsonb NOT NULL,
    template jsonb NOT NULL,
    truncated boolean NOT NULL,
    ${SEALED('metadata')},
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, conversation_id, number),
    UNIQUE (user_id, message_id),
    UNIQUE (user_id, reply_id),
    FOREIGN KEY (user_id, conversation_id) REFERENCES conversations (user_id, id) ON DELETE CASCADE
  )`,
  `CREATE TABLE messages (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (user_id, id)
  )`,
  // Messages are stored before the turn that makes them exist: the note says whose are to be looked for. Ids only.
  `CREATE TABLE begun_turns (
    user_id uuid NOT NULL,
    message_id uuid NOT NULL,
    replies uuid[] NOT NULL CHECK (cardinality(replies) > 0),
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    forgotten boolean NOT NULL DEFAULT false,
    PRIMARY KEY (user_id, message_id)
  )`,
  // Structure and no words: what models may do and use for a person.
  `CREATE TABLE settings (
    user_id uuid PRIMARY KEY,
    privacy_mode text NOT NULL CHECK (privacy_mode IN ('off', 'private', 'offline')),
    model text CHECK (length(model) BETWEEN 1 AND 100),
    day_tokens bigint CHECK (day_tokens >= 0),
    month_tokens bigint CHECK (month_tokens >= 0),
    day_money double precision CHECK (day_money >= 0),
    month_money double precision CHECK (month_money >= 0),
    ask_before_applying boolean NOT NULL,
    version integer NOT NULL CHECK (version > 1)
  )`,
];

const INDEXES: readonly string[] = [
  'CREATE INDEX goals_newest ON goals (user_id, created_at DESC, id DESC)',
  'CREATE INDEX tasks_newest ON tasks (user_id, created_at DESC, id DESC)',
  "CREATE INDEX tasks_open_once ON tasks (user_id, start_date, id) WHERE status = 'open' AND recurring_pattern IS NULL",
  "CREATE INDEX tasks_open_again ON tasks (user_id, start_date, id) WHERE status = 'open' AND recurring_pattern IS NOT NULL",
  "CREATE INDEX goals_active ON goals (user_id, target_date, id) WHERE status = 'active'",
  'CREATE INDEX tasks_of_goal ON tasks (user_id, parent_goal_id)',
  'CREATE INDEX occurrences_newest ON occurrences (user_id, local_date DESC, id DESC)',
  'CREATE INDEX begun_turns_oldest ON begun_turns (since, user_id, message_id)',
  'CREATE INDEX conversations_newest ON conversations (user_id, updated_at DESC, id DESC)',
];
