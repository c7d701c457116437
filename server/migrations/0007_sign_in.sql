-- Passwords are argon2id; sessions and links are random secrets of which only the SHA-256 is kept.
create table passwords (
  org_id uuid not null,
  account_id uuid not null,
  hash text not null,
  changed_at timestamptz not null,
  last_sign_in_at timestamptz,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
select fence('passwords');

create table sessions (
  org_id uuid not null,
  hash bytea not null,
  account_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text,
  primary key (org_id, hash),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
create index sessions_account on sessions (org_id, account_id);
select fence('sessions');

create table sign_in_links (
  org_id uuid not null,
  hash bytea not null,
  account_id uuid not null,
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (org_id, hash),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
select fence('sign_in_links');

-- Global: which accounts an e-mail address may sign in to, asked before a transaction can be bound.
create table sign_in_names (
  email_key text not null,
  org_id uuid not null references organisations,
  account_id uuid not null,
  primary key (email_key, org_id, account_id)
);
create index sign_in_names_account on sign_in_names (org_id, account_id);

-- Global: failed sign-ins, counted by e-mail and by address, shared by all nodes.
create table sign_in_failures (
  key text primary key,
  failures int not null,
  window_ends_at timestamptz not null
);

-- Global: the one-time link that makes the first administrator.
create table setup_links (
  hash bytea primary key,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
