import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import type { ReactNode } from "react";
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

type Props = {
  connection: Connection;
  /** Where the rules are shown; what is edited stays while it is closed. */
  panel: (content: ReactNode) => ReactNode;
};

/** Which access role people get: by group, or the default one. Edited together, looked at, then saved. */
export const AccessRules = ({ connection, panel }: Props) => {
  const mappings = useQuery(mappingsQuery(connection.id));
  if (mappings.isPending)
    return panel(
      <Section title="Default access role">
        <Skeleton height={120} />
      </Section>,
    );
  if (mappings.error)
    return panel(<ProblemNote error={mappings.error} onRetry={mappings.refetch} />);
  return <Editor connection={connection} panel={panel} inForce={mappings.data} />;
};

const Editor = ({ connection, panel, inForce }: Props & { inForce: Mappings }) => {
  const roles = useRoles();
  const isReadOnly = !useMay()("provisioning:edit");
  const rules = useRules(connection, inForce);
  useBlocker({
    // From tab to tab the address changes, but nothing is left: the bar goes along.
    shouldBlockFn: ({ current, next }) =>
      rules.isChanged &&
      current.pathname !== next.pathname &&
      !window.confirm("Leave without saving the changed role assignments?"),
    enableBeforeUnload: () => rules.isChanged,
  });
  const shared = { draft: rules.draft, roles, isReadOnly, onEdit: rules.edit };
  return (
    <>
      {panel(
        <>
          <DefaultRole {...shared} />
          <GroupMappings {...shared} connection={connection} items={inForce.items} />
          {rules.applicationId && !rules.isChanged && (
            <ApplicationProgress
              key={rules.applicationId}
              id={rules.applicationId}
              connectionId={connection.id}
            />
          )}
        </>,
      )}
      {rules.isChanged && <UnsavedBar connectionId={connection.id} rules={rules} />}
    </>
  );
};
