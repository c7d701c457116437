-- What an administrator allows a connection; null for as much as it can.
alter table connections
  add column requests_per_second int check (requests_per_second >= 25),
  add column request_burst int check (request_burst >= 1),
  add constraint connections_request_limit check ((requests_per_second is null) = (request_burst is null));

-- The token bucket of each connection that has a limit, which all nodes draw from: the moment (ms since 1970) until
-- which it is drawn. Lost in a crash, it is full again.
create unlogged table request_budgets (
  org_id uuid not null,
  connection_id uuid not null,
  drawn_until double precision not null default 0,
  primary key (org_id, connection_id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('request_budgets');

-- How many requests were told to come back later, by the minute; kept for a few hours.
create table request_refusals (
  org_id uuid not null,
  connection_id uuid not null,
  minute timestamptz not null,
  refused int not null,
  primary key (org_id, connection_id, minute),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
select fence('request_refusals');

alter table connection_activity add column last_throttled_at timestamptz;
