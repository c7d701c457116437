import { IconUsersGroup } from "@tabler/icons-react";
import type { GroupMapping } from "../../api/contract.ts";
import { EmptyState } from "../../elements/empty-state.tsx";
import { Section } from "../../elements/section.tsx";
import type { RuleProps } from "./default-role.tsx";
import { MappedGroups } from "./mapped-groups.tsx";
import { UnmappedGroups } from "./unmapped-groups.tsx";

/** Every group that was pushed: those with a role in order of priority, then the others. */
export const GroupMappings = (props: RuleProps & { items: readonly GroupMapping[] }) => {
  const mapped = new Set(props.draft.mappings.map(({ groupId }) => groupId));
  const unmapped = props.items
    .filter(({ group }) => !mapped.has(group.id))
    .toSorted((one, other) => Number(one.group.deleted) - Number(other.group.deleted));
  return (
    <Section
      title="Group mappings"
      lead="Somebody in several mapped groups gets the role of the topmost one."
      isFlush
    >
      {props.items.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title="No groups have arrived">
          Assign groups to the application in Entra, under Users and groups. They appear here with
          the next provisioning cycle.
        </EmptyState>
      ) : (
        <>
          <MappedGroups {...props} />
          {unmapped.length > 0 && <UnmappedGroups {...props} items={unmapped} />}
        </>
      )}
    </Section>
  );
};
