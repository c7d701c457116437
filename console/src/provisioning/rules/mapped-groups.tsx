import { DragDropProvider } from "@dnd-kit/react";
import { isSortable } from "@dnd-kit/react/sortable";
import type { GroupMapping } from "../../api/contract.ts";
import type { RuleProps } from "./default-role.tsx";
import { moveMapping } from "./draft.ts";
import classes from "./group-mappings.module.css";
import { MappedGroup } from "./mapped-group.tsx";

/** In order of priority, changed by dragging, by the arrow buttons, or on a handle by Space and arrow keys. */
export const MappedGroups = (props: RuleProps & { items: readonly GroupMapping[] }) => {
  const { draft, items, onEdit } = props;
  const byId = new Map(items.map((item) => [item.group.id, item]));
  if (draft.mappings.length === 0)
    return (
      <p className={classes["hint"]}>
        No group is mapped, so everybody has the default access role. Choose a role for a group
        below.
      </p>
    );
  return (
    <DragDropProvider
      onDragEnd={({ operation: { source }, canceled }) => {
        if (canceled || !isSortable(source)) return;
        const { initialIndex, index } = source;
        onEdit((before) => moveMapping(before, initialIndex, index));
      }}
    >
      <ol className={classes["list"]} aria-label="Mapped groups, by priority">
        {draft.mappings.map((mapping, place) => {
          const item = byId.get(mapping.groupId);
          return (
            item && (
              <MappedGroup
                {...props}
                key={mapping.groupId}
                item={item}
                roleId={mapping.roleId}
                place={place}
                isLast={place === draft.mappings.length - 1}
              />
            )
          );
        })}
      </ol>
    </DragDropProvider>
  );
};
