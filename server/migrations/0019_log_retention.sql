-- For how many days an organisation keeps provisioning log entries; null for ever. Without a row, the product's default.
create table log_retention (
  org_id uuid primary key references organisations,
  keep_days int check (keep_days >= 1)
);
select fence('log_retention');
