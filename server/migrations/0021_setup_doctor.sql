-- What the Configure page reads, so that a look at it costs the same for ten people and a million. All of it is written
-- behind the requests.

-- Counted from the mirror now and then; `findings` is a Census (provisioning/doctor/census.ts).
create table connection_censuses (
  org_id uuid not null,
  connection_id uuid not null,
  taken_at timestamptz not null,
  findings jsonb not null,
  primary key (org_id, connection_id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('connection_censuses');

-- What only a request shows and the mirror does not keep (provisioning/doctor/sightings.ts).
create table connection_sightings (
  org_id uuid not null,
  connection_id uuid not null,
  kind text not null,
  times int not null,
  last_at timestamptz not null,
  recent timestamptz[] not null,
  entry_id uuid,
  primary key (org_id, connection_id, kind),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('connection_sightings');

-- The last change sent for a person or group that changed nothing, and how often exactly that was sent in a row.
create table resent_changes (
  org_id uuid not null,
  connection_id uuid not null,
  resource_id uuid not null,
  resource_type text not null check (resource_type in ('User', 'Group')),
  fingerprint bytea not null,
  times int not null,
  last_at timestamptz not null,
  entry_id uuid not null,
  paths text[] not null,
  is_refused boolean not null,
  primary key (org_id, connection_id, resource_id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create index resent_changes_recent on resent_changes (org_id, connection_id, last_at) where times >= 3;
select fence('resent_changes');

-- A check of the Configure page that an administrator has decided about.
create table muted_checks (
  org_id uuid not null,
  connection_id uuid not null,
  check_id text not null,
  reason text not null check (reason <> ''),
  muted_by text not null,
  muted_at timestamptz not null,
  primary key (org_id, connection_id, check_id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('muted_checks');
