-- Extension attributes of people that an administrator defined for a connection; *_key is folded, as names are compared.
-- `shown_as` is what the Sub Account's page calls it.
create table connection_attributes (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  urn text not null,
  urn_key text not null,
  name text not null,
  name_key text not null,
  type text not null check (type in ('string', 'boolean', 'integer', 'decimal', 'dateTime', 'reference')),
  multi_valued boolean not null,
  case_exact boolean not null,
  description text not null,
  shown_as text,
  created_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create unique index connection_attributes_name on connection_attributes (org_id, connection_id, urn_key, name_key);
select fence('connection_attributes');

-- A definition says how a value is read and compared. After a change of one, everybody is read anew in the background;
-- `position` is how far.
create table attribute_readings (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  cause_sentence text not null,
  actor_id uuid,
  actor_name text not null,
  position uuid,
  total int not null,
  done int not null default 0,
  changed int not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create index attribute_readings_connection on attribute_readings (org_id, connection_id, id);
select fence('attribute_readings');

-- Attributes of people under extension URNs that nobody defined, as they were seen in requests: what can be offered for
-- definition. `people` is about how many have them; `examples` are a few values, as JSON. Bounded in number.
create table seen_attributes (
  org_id uuid not null,
  connection_id uuid not null,
  urn text not null,
  urn_key text not null,
  name text not null,
  name_key text not null,
  people int not null,
  examples jsonb not null,
  seen_at timestamptz not null,
  primary key (org_id, connection_id, urn_key, name_key),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('seen_attributes');
