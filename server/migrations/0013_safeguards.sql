-- How much of what the directory says takes effect by itself. A connection without a row has what store/safeguards.ts says.
-- In a dry run nothing does. The guard, where there is one, holds what would take something from more people within some
-- minutes than guard_people or guard_percent of all, whichever is more; once tripped it holds all of that until it is settled.
create table safeguards (
  org_id uuid not null,
  connection_id uuid not null,
  mode text not null check (mode in ('live', 'dry-run')),
  guard_people int check (guard_people > 0),
  guard_percent int not null check (guard_percent between 0 and 100),
  guard_minutes int not null check (guard_minutes > 0),
  tripped_at timestamptz,
  -- How many people the directory had, counted now and then: guard_percent is a share of them.
  people int,
  people_counted_at timestamptz,
  primary key (org_id, connection_id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('safeguards');

-- Who lost something lately: a row for each transaction that took something from people.
create table guard_losses (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  at timestamptz not null,
  people int not null,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create index guard_losses_at on guard_losses (org_id, connection_id, at);
select fence('guard_losses');

-- What the directory wants of a person and does not get yet, or (discarded) not until it wants something else.
create table held_changes (
  org_id uuid not null,
  user_id uuid not null,
  connection_id uuid not null,
  because text not null check (because in ('dry-run', 'guard')),
  kind text not null check (kind in ('disabled', 'moved', 'role-changed', 'created', 'enabled', 'identity-changed')),
  name text not null,
  sort_name text collate "C" not null,
  search text not null,
  sentences text[] not null,
  account_id uuid,
  outcome text not null,
  held_at timestamptz not null,
  cause_kind text not null,
  cause_id uuid,
  cause_sentence text not null,
  discarded_at timestamptz,
  discarded_by text,
  primary key (org_id, user_id),
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, user_id) references directory_users (org_id, id)
);
create index held_changes_name on held_changes (org_id, connection_id, sort_name, user_id);
create index held_changes_kind on held_changes (org_id, connection_id, kind, sort_name, user_id);
create index held_changes_person on held_changes (org_id, connection_id, user_id);
create index held_changes_search on held_changes using gin (search gin_trgm_ops);
select fence('held_changes');

-- An application also lets go what was held: all of it, or one kind.
alter table role_applications
  add column deed text not null default 'rules' check (deed in ('rules', 'release')),
  add column held_kind text;
alter table role_applications alter column deed drop default;
