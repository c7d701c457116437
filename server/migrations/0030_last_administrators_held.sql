-- A tenant's last Administrator is held too.
alter table held_changes drop constraint held_changes_because_check;
alter table held_changes add constraint held_changes_because_check
  check (because in ('dry-run', 'guard', 'last-administrator'));
