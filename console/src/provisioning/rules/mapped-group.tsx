import { ActionIcon, NativeSelect } from "@mantine/core";
import { useSortable } from "@dnd-kit/react/sortable";
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from "@tabler/icons-react";
import { giveableChoices } from "../../access/roles.ts";
import type { GroupMapping } from "../../api/contract.ts";
import type { RuleProps } from "./default-role.tsx";
import { assignRole, moveMapping } from "./draft.ts";
import { GroupLabel } from "./group-label.tsx";
import classes from "./group-mappings.module.css";

type Props = RuleProps & { item: GroupMapping; roleId: string; place: number; isLast: boolean };

const quiet = {
  variant: "subtle",
  color: "gray",
  c: "dimmed",
  size: "md",
  className: classes["quiet"] ?? "",
} as const;

export const MappedGroup = (props: Props) => {
  const { item, roleId, roles, place, isLast, isReadOnly, onEdit } = props;
  const { id, name } = item.group;
  const { ref, handleRef, isDragging } = useSortable({ id, index: place, disabled: isReadOnly });
  const move = (to: number) => onEdit((before) => moveMapping(before, place, to));
  return (
    <li
      ref={ref}
      className={`${classes["row"]} ${classes["mapped"]} ${isDragging ? classes["dragged"] : ""}`}
    >
      <button
        type="button"
        ref={handleRef}
        className={`mantine-active ${classes["handle"]}`}
        aria-label={`Drag ${name}, priority ${place + 1}`}
        disabled={isReadOnly}
        style={{ border: 0, background: "none" }}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <span className={classes["place"]} aria-hidden>
        {place + 1}
      </span>
      <GroupLabel item={item} />
      <div className={classes["controls"]}>
        <NativeSelect
          aria-label={`Access role of ${name}`}
          data={giveableChoices(roles)}
          value={roleId}
          disabled={isReadOnly}
          onChange={({ currentTarget: { value } }) =>
            onEdit((before) => assignRole(before, id, value))
          }
        />
        <ActionIcon
          {...quiet}
          aria-label={`Move ${name} up`}
          disabled={isReadOnly || place === 0}
          onClick={() => move(place - 1)}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          {...quiet}
          aria-label={`Move ${name} down`}
          disabled={isReadOnly || isLast}
          onClick={() => move(place + 1)}
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          {...quiet}
          aria-label={`Unmap ${name}`}
          disabled={isReadOnly}
          onClick={() => onEdit((before) => assignRole(before, id, null))}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  );
};
