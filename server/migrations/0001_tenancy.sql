-- Organisations, tenants, and the fence around every row an organisation owns (design §5).

-- Row-level security for one table: a transaction sees the rows of the organisation it is bound to and no others.
-- Unbound, it sees nothing. The cast goes through nullif because the setting is '' after the first transaction.
create function fence(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy own_organisation on %s using (org_id = nullif(current_setting(''app.org'', true), '''')::uuid)',
    target);
end $$;

create table organisations (
  org_id uuid primary key,
  name text not null check (name <> ''),
  created_at timestamptz not null default now()
);
select fence('organisations');

-- One tenant of each organisation is its super tenant: the organisation's top-level view.
create table tenants (
  org_id uuid not null references organisations,
  id uuid not null,
  name text not null check (name <> ''),
  is_super boolean not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
create unique index tenants_name on tenants (org_id, lower(name));
create unique index tenants_one_super on tenants (org_id) where is_super;
select fence('tenants');
