-- Access roles. The built-in ones have a key and take their permissions from the code; custom roles carry their own.
create table roles (
  org_id uuid not null references organisations,
  id uuid not null,
  key text check (key in ('administrator', 'editor', 'viewer', 'loanee')),
  name text not null check (name <> ''),
  description text not null default '',
  permissions text[],
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  check ((key is null) = (permissions is not null))
);
create unique index roles_key on roles (org_id, key) where key is not null;
create unique index roles_name on roles (org_id, lower(name));
select fence('roles');
