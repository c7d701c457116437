-- Browsers in which somebody has signed in before. A flood of wrong guesses from elsewhere does not lock them out. Only
-- the SHA-256 of what the browser keeps; it opens nothing.
create table known_devices (
  org_id uuid not null,
  hash bytea not null,
  account_id uuid not null,
  signed_in_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (org_id, hash),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
create index known_devices_account on known_devices (org_id, account_id, signed_in_at);
select fence('known_devices');
