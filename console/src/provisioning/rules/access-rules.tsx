import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useRoles } from "../../access/roles.ts";
import type { Connection } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { mappingsQuery, type Mappings } from "../queries.ts";
import { ApplicationProgress } from "./application-progress.tsx";
import { DefaultRole } from "./default-role.tsx";
import { GroupMappings } from "./group-mappings.tsx";
import { UnsavedBar } from "./unsaved-bar.tsx";
import { useRules } from "./use-rules.ts";

/** Which access role people get: by group, or the default one. Edited together, looked at, then saved. */
export const AccessRules = ({ connection }: { connection: Connection }) => {
  const mappings = useQuery(mappingsQuery(connection.id));
  if (mappings.isPending)
    return (
      <Section title="Default access role">
        <Skeleton height={120} />
      </Section>
    );
  if (mappings.error) return <ProblemNote error={mappings.error} onRetry={mappings.refetch} />;
  return <Editor connection={connection} inForce={mappings.data} />;
};

const Editor = ({ connection, inForce }: { connection: Connection; inForce: Mappings }) => {
  const roles = useRoles();
  const isReadOnly = !useMay()("provisioning:edit");
  const rules = useRules(connection, inForce);
  useBlocker({
    shouldBlockFn: () =>
      rules.isChanged && !window.confirm("Leave without saving the changed access rules?"),
    enableBeforeUnload: () => rules.isChanged,
  });
  const shared = { draft: rules.draft, roles, isReadOnly, onEdit: rules.edit };
  return (
    <>
      <DefaultRole {...shared} />
      <GroupMappings {...shared} connection={connection} items={inForce.items} />
      {rules.applicationId && !rules.isChanged && (
        <ApplicationProgress key={rules.applicationId} id={rules.applicationId} />
      )}
      {rules.isChanged && <UnsavedBar connectionId={connection.id} rules={rules} />}
    </>
  );
};
