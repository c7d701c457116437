-- A connection is also an OAuth 2.0 client. Its secrets are kept beside its tokens; a secret opens nothing itself, but
-- access tokens are given for it.
alter table connection_tokens add column kind text not null default 'token' check (kind in ('token', 'secret'));
alter table connection_tokens alter column kind drop default;

-- What a client holds for an hour. It ends with its secret.
create table access_tokens (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  secret_id uuid not null,
  hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, secret_id) references connection_tokens (org_id, id)
);
create unique index access_tokens_hash on access_tokens (org_id, hash);
create index access_tokens_expiry on access_tokens (org_id, connection_id, expires_at);
select fence('access_tokens');

alter table connection_activity add column last_refused_from text;
