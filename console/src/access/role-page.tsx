import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { RoleDetail } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { useMay, useSession } from "../app-shell/session.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { Note } from "../elements/note.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { Section } from "../elements/section.tsx";
import { HistorySection } from "../ledger/history-section.tsx";
import { DeleteRole } from "./delete-role.tsx";
import { RoleForm } from "./role-form.tsx";
import { permissionsQuery, roleQuery } from "./roles.ts";

const route = getRouteApi("/signed-in/settings/access-roles/$id");
const newRoute = getRouteApi("/signed-in/settings/access-roles/new");

const crumbs = ["Settings", <Link key="up" to="/settings/access-roles" children="Access roles" />];

/** One access role: what it may do, who has it, what happened to it. */
export const RolePage = () => {
  const { id } = route.useParams();
  const role = useQuery(roleQuery(id));
  const nouns = useQuery(permissionsQuery);
  if (role.isPending || nouns.isPending) return <PageSkeleton />;
  if (role.error) return <ProblemPage error={role.error} onRetry={role.refetch} />;
  if (nouns.error) return <ProblemPage error={nouns.error} onRetry={nouns.refetch} />;
  return <RoleView key={id} role={role.data} nouns={nouns.data} />;
};

type ViewProps = { role: RoleDetail; nouns: Parameters<typeof RoleForm>[0]["nouns"] };

const RoleView = ({ role, nouns }: ViewProps) => {
  const may = useMay();
  const { tenant } = useSession();
  const [isDeleting, dialog] = useDisclosure(false);
  const isReadOnly =
    !may("roles:administer") || role.key !== null || !role.grantable || !tenant.isSuper;
  return (
    <>
      <PageHead
        title={role.name}
        crumbs={crumbs}
        lead={role.description}
        actions={
          may("roles:administer") && (
            <>
              <ButtonLink
                to="/settings/access-roles/new"
                search={{ from: role.id }}
                variant="default"
              >
                Make a copy
              </ButtonLink>
              {!isReadOnly && (
                <Button variant="default" color="red" onClick={dialog.open}>
                  Delete
                </Button>
              )}
            </>
          )
        }
      />
      {may("roles:administer") && isReadOnly && <WhyReadOnly role={role} />}
      <RoleForm role={role} nouns={nouns} isReadOnly={isReadOnly} />
      <div style={{ marginTop: "1rem" }}>
        <Section title="In use">
          {role.usage.sentence}{" "}
          {role.usage.accounts > 0 && may("accounts:view") && (
            <Link to="/accounts" search={{ role: role.id }}>
              Show the people
            </Link>
          )}
        </Section>
      </div>
      {may("ledger:view") && role.key === null && (
        <div style={{ marginTop: "1rem" }}>
          <HistorySection path={`/roles/${role.id}/history`} />
        </div>
      )}
      <DeleteRole role={role} isOpen={isDeleting} onClose={dialog.close} />
    </>
  );
};

const WhyReadOnly = ({ role: { key, name, grantable } }: { role: RoleDetail }) => (
  <div style={{ marginBottom: "1rem" }}>
    <Note tone="calm">
      {key !== null
        ? `${name} is built in and stays as it is. Make a copy to change it.`
        : grantable
          ? "Access roles are changed at the super tenant, because they hold in every tenant."
          : `${name} may do more than you, so you cannot change it. Ask somebody who may do all that it may.`}
    </Note>
  </div>
);

/** A new access role, from nothing or as a copy. */
export const NewRolePage = () => {
  const { from } = newRoute.useSearch();
  const nouns = useQuery(permissionsQuery);
  const original = useQuery({ ...roleQuery(from ?? ""), enabled: from !== undefined });
  if (nouns.isPending || (from !== undefined && original.isPending)) return <PageSkeleton />;
  if (nouns.error) return <ProblemPage error={nouns.error} onRetry={nouns.refetch} />;
  if (original.error) return <ProblemPage error={original.error} onRetry={original.refetch} />;
  return (
    <>
      <PageHead
        title="New access role"
        crumbs={crumbs}
        {...(original.data && { lead: `A copy of ${original.data.name}.` })}
      />
      <RoleForm
        key={from ?? ""}
        nouns={nouns.data}
        isReadOnly={false}
        {...(original.data && { original: original.data })}
      />
    </>
  );
};
