-- One identity provider's SCIM link, to a tenant or (at the super tenant) to the whole organisation.
create table connections (
  org_id uuid not null references organisations,
  id uuid not null,
  tenant_id uuid not null,
  name text not null check (name <> ''),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id)
);
create unique index connections_name on connections (org_id, lower(name));
select fence('connections');

-- Global: which organisation an endpoint belongs to, asked before a transaction can be bound to it.
create table connection_routes (
  connection_id uuid primary key,
  org_id uuid not null references organisations
);

-- Tokens are random, so their SHA-256 suffices.
create table connection_tokens (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  hash bytea not null,
  prefix text not null,
  label text not null,
  created_at timestamptz not null default now(),
  created_by text,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create unique index connection_tokens_hash on connection_tokens (org_id, hash);
create index connection_tokens_connection on connection_tokens (org_id, connection_id);
select fence('connection_tokens');

-- What has arrived, a row per connection, written in batches behind the requests.
create table connection_activity (
  org_id uuid not null,
  connection_id uuid not null,
  first_request_at timestamptz,
  last_request_at timestamptz,
  test_connection_at timestamptz,
  last_refused_at timestamptz,
  last_refused_reason text,
  last_change_at timestamptz,
  last_change text,
  primary key (org_id, connection_id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('connection_activity');

-- Every SCIM request. `request` and `response` are the bodies as they came and went, cut at 64 KiB.
create table provisioning_log (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  at timestamptz not null default now(),
  method text not null,
  path text not null,
  status int not null,
  outcome text not null
    check (outcome in ('created', 'changed', 'unchanged', 'deleted', 'read', 'refused', 'failed')),
  resource_type text check (resource_type in ('User', 'Group')),
  resource_id uuid,
  resource_name text,
  summary text not null,
  ignored text[] not null default '{}',
  duration_ms real not null,
  request text,
  response text,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create index provisioning_log_connection on provisioning_log (org_id, connection_id, id);
create index provisioning_log_resource on provisioning_log (org_id, resource_id, id) where resource_id is not null;
create index provisioning_log_outcome on provisioning_log (org_id, outcome, id);
select fence('provisioning_log');
