-- How a connection speaks SCIM. `switched` names the switches that are not as they are by default. `dialect_version` grows
-- with every change, 0 being what all speak; it comes with every request, so that each node knows at once.
alter table connections add column switched text[] not null default '{}';
alter table connections add column dialect_version int not null default 0;
