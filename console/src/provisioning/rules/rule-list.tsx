import { DragDropProvider } from "@dnd-kit/react";
import { isSortable } from "@dnd-kit/react/sortable";
import type { GroupMapping, Tenant } from "../../api/contract.ts";
import type { RuleProps } from "./default-role.tsx";
import { moveRule, type Rule } from "./draft.ts";
import classes from "./group-mappings.module.css";
import { RuleRow } from "./rule-row.tsx";

type Props = RuleProps & {
  items: readonly GroupMapping[];
  tenants: readonly Tenant[];
  homeId: string;
};

/** In order of priority, changed by dragging, by the arrow buttons, or on a handle by Space and arrow keys. */
export const RuleList = (props: Props) => {
  const { draft, items, onEdit } = props;
  if (draft.mappings.length === 0)
    return (
      <p className={classes["hint"]}>
        There is no rule, so{" "}
        {draft.defaultRoleId === null
          ? "everybody waits in the lobby"
          : "everybody has the default access role"}
        . Choose a role for a group below, or add a rule.
      </p>
    );
  return (
    <DragDropProvider
      onDragEnd={({ operation: { source }, canceled }) => {
        if (canceled || !isSortable(source)) return;
        const { initialIndex, index } = source;
        onEdit((before) => moveRule(before, initialIndex, index));
      }}
    >
      <ol className={classes["list"]} aria-label="Rules, by priority">
        {draft.mappings.map((rule, place) => (
          <RuleRow
            {...props}
            key={rule.key}
            rule={rule}
            item={itemOf(rule, items)}
            place={place}
            isLast={place === draft.mappings.length - 1}
          />
        ))}
      </ol>
    </DragDropProvider>
  );
};

/** What the server says of the rule: of the same one in force, else of its group. */
const itemOf = (rule: Rule, items: readonly GroupMapping[]): GroupMapping | undefined => {
  const same = items.filter(({ group, attribute }) =>
    rule.groupId === undefined
      ? JSON.stringify(attribute) === JSON.stringify(rule.attribute)
      : group?.id === rule.groupId,
  );
  return (
    same.find(({ tenant }) => tenant?.id === rule.tenantId) ?? (rule.groupId ? same[0] : undefined)
  );
};
