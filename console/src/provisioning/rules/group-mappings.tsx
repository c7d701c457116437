import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Connection, GroupMapping } from "../../api/contract.ts";
import { EmptyState } from "../../elements/empty-state.tsx";
import { Section } from "../../elements/section.tsx";
import { useTenants } from "../../tenants/tenants-query.ts";
import type { RuleProps } from "./default-role.tsx";
import { addRule } from "./draft.ts";
import classes from "./group-mappings.module.css";
import { RuleDialog } from "./rule-dialog.tsx";
import { RuleList } from "./rule-list.tsx";
import { UnmappedGroups } from "./unmapped-groups.tsx";

type Props = RuleProps & { connection: Connection; items: readonly GroupMapping[] };

/** The rules in order of priority, then every pushed group that none of them asks for. */
export const GroupMappings = ({ connection, ...props }: Props) => {
  const { draft, items, roles, isReadOnly, onEdit } = props;
  const [isOpen, dialog] = useDisclosure(false);
  const all = useTenants();
  const isSuper = all.some(({ id, isSuper: top }) => top && id === connection.tenant.id);
  const places = { tenants: isSuper ? all : [], homeId: connection.tenant.id };
  const mapped = new Set(draft.mappings.map(({ groupId }) => groupId));
  const unmapped = items.filter(
    ({ group, role }, index) =>
      group !== null &&
      !mapped.has(group.id) &&
      (role === null || items.findIndex((one) => one.group?.id === group.id) === index),
  );
  return (
    <Section
      title="Role assignment rules"
      lead={
        isSuper
          ? "Group mappings, and rules by attribute, send people to tenants. In each tenant the topmost one that takes somebody gives the role."
          : "Group mappings, and rules by attribute. Somebody whom several take gets the role of the topmost one."
      }
      actions={
        <div className={classes["actions"]}>
          <Link
            to="/settings/integrations/scim/$connectionId/simulator"
            params={{ connectionId: connection.id }}
          >
            Try the rules
          </Link>
          {!isReadOnly && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={dialog.open}
            >
              Add a rule
            </Button>
          )}
        </div>
      }
      isFlush
    >
      {items.length === 0 && draft.mappings.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title="No groups have arrived">
          Assign groups to the application in Entra, under Users and groups. They appear here with
          the next provisioning cycle. A rule can also ask for an attribute, such as a department.
        </EmptyState>
      ) : (
        <>
          <RuleList {...props} {...places} />
          {unmapped.length > 0 && <UnmappedGroups {...props} items={unmapped} />}
        </>
      )}
      {isOpen && (
        <RuleDialog
          {...places}
          groups={items.filter(
            ({ group }, index) => items.findIndex((one) => one.group?.id === group?.id) === index,
          )}
          roles={roles}
          onAdd={(rule) => onEdit((before) => addRule(before, rule))}
          onClose={dialog.close}
        />
      )}
    </Section>
  );
};
