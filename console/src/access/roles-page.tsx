import { Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Role } from "../api/contract.ts";
import { SettingsTabs } from "../app-shell/settings-tabs.tsx";
import { useMay } from "../app-shell/session.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { RowLink } from "../table/row-link.tsx";
import classes from "./roles-page.module.css";
import { roleCountsQuery, rolesQuery } from "./roles.ts";

/** The access roles, built in and made here, and how many people have each. */
export const RolesPage = () => {
  const may = useMay();
  const roles = useQuery(rolesQuery);
  return (
    <>
      <PageHead
        title="Access roles"
        crumbs={["Settings"]}
        lead="What people may do in Muster. Groups give them, a lock keeps them."
        actions={
          may("roles:administer") && (
            <ButtonLink
              to="/settings/access-roles/new"
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              Make an access role
            </ButtonLink>
          )
        }
      />
      <SettingsTabs />
      {roles.isPending ? (
        <Skeleton height={260} />
      ) : roles.error ? (
        <ProblemNote error={roles.error} onRetry={roles.refetch} />
      ) : (
        <>
          <RoleList title="Built in" roles={roles.data.filter(({ key }) => key !== null)} />
          <Custom roles={roles.data.filter(({ key }) => key === null)} />
        </>
      )}
    </>
  );
};

const Custom = ({ roles }: { roles: readonly Role[] }) =>
  roles.length > 0 ? (
    <RoleList title="Made here" roles={roles} />
  ) : (
    <Section title="Made here">
      <p className={classes["none"]}>
        None yet. Open a built-in role and make a copy of it, or make one from nothing, for people
        who need something in between: a help desk, a warehouse, an auditor.
      </p>
    </Section>
  );

const RoleList = ({ title, roles }: { title: string; roles: readonly Role[] }) => {
  const counts = useQuery(roleCountsQuery).data;
  return (
    <div className={classes["section"]}>
      <Section title={title} isFlush>
        <ul className={classes["list"]}>
          {roles.map(({ id, name, description, permissions }) => {
            const people = counts?.get(id) ?? 0;
            return (
              <li key={id}>
                <div>
                  <RowLink to="/settings/access-roles/$id" params={{ id }}>
                    {name}
                  </RowLink>
                  <div className={classes["detail"]}>{description}</div>
                </div>
                <div className={classes["numbers"]}>
                  {counts && `${people.toLocaleString()} ${people === 1 ? "person" : "people"} · `}
                  {permissions.length} {permissions.length === 1 ? "permission" : "permissions"}
                </div>
              </li>
            );
          })}
        </ul>
      </Section>
    </div>
  );
};
