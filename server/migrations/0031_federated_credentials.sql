-- A client may also be known by an identity that another issuer vouches for (workload identity federation): a credential
-- without a secret. Access tokens are given for it and end with it, as with a secret.
alter table connection_tokens drop constraint connection_tokens_kind_check;
alter table connection_tokens
  add constraint connection_tokens_kind_check check (kind in ('token', 'secret', 'federated')),
  alter column hash drop not null,
  alter column prefix drop not null,
  add constraint connection_tokens_secret check ((kind = 'federated') = (hash is null) and (hash is null) = (prefix is null));

-- Who is let in by it, and the keys that the issuer signs with: an address to get them from, or the keys (a JWK Set).
create table federated_credentials (
  org_id uuid not null,
  id uuid not null,
  issuer text not null,
  subject text not null,
  audience text not null,
  keys_url text,
  keys jsonb,
  primary key (org_id, id),
  foreign key (org_id, id) references connection_tokens (org_id, id),
  check ((keys_url is null) <> (keys is null))
);
select fence('federated_credentials');
