-- Who holds what. A row is never deleted, and an asset has at most one open row: never two holders.
create table custodies (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  asset_id uuid not null,
  account_id uuid not null,
  checked_out_at timestamptz not null,
  checked_out_by text,
  due_on date,
  note text,
  ended_at timestamptz,
  ended_by text,
  outcome text check (outcome in ('returned', 'written-off')),
  end_note text,
  primary key (org_id, id),
  check ((ended_at is null) = (outcome is null)),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, asset_id) references assets (org_id, id),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
create unique index custodies_one_holder on custodies (org_id, asset_id) where ended_at is null;
create index custodies_open_account on custodies (org_id, account_id, id) where ended_at is null;
create index custodies_asset on custodies (org_id, asset_id, id);
create index custodies_account on custodies (org_id, account_id, id);
select fence('custodies');

-- Getting a leaver's items back: opened when a holder becomes Disabled, closed when all is back or they return.
create table recoveries (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  account_id uuid not null,
  opened_at timestamptz not null,
  opened_because text not null,
  closed_at timestamptz,
  closed_because text,
  primary key (org_id, id),
  check ((closed_at is null) = (closed_because is null)),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
create unique index recoveries_one_open on recoveries (org_id, account_id) where closed_at is null;
create index recoveries_open on recoveries (org_id, id) where closed_at is null;
create index recoveries_closed on recoveries (org_id, id) where closed_at is not null;
create index recoveries_tenant on recoveries (org_id, tenant_id, id);
create index recoveries_account on recoveries (org_id, account_id, id);
select fence('recoveries');

-- What a recovery is about: everything its person held when it was opened, and whether it came back (or was written
-- off) before the recovery closed. Facts and not times, because of two transactions the one that began first may be
-- the one that commits last.
create table recovery_items (
  org_id uuid not null,
  recovery_id uuid not null,
  custody_id uuid not null,
  is_settled boolean not null default false,
  primary key (org_id, recovery_id, custody_id),
  foreign key (org_id, recovery_id) references recoveries (org_id, id),
  foreign key (org_id, custody_id) references custodies (org_id, id)
);
create index recovery_items_custody on recovery_items (org_id, custody_id);
select fence('recovery_items');
