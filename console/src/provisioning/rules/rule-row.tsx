import { ActionIcon, NativeSelect } from "@mantine/core";
import { useSortable } from "@dnd-kit/react/sortable";
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from "@tabler/icons-react";
import { giveableChoices } from "../../access/roles.ts";
import { useEffect, useRef } from "react";
import type { GroupMapping, Tenant } from "../../api/contract.ts";
import { tenantChoices } from "../../tenants/tenants-query.ts";
import type { RuleProps } from "./default-role.tsx";
import { changeRule, isAdded, moveRule, removeRule, type Rule } from "./draft.ts";
import classes from "./group-mappings.module.css";
import { nameOfRule, RuleLabel } from "./rule-label.tsx";

type Props = RuleProps & {
  rule: Rule;
  /** The rule as it is in force, or the group it asks for. */
  item: GroupMapping | undefined;
  tenants: readonly Tenant[];
  homeId: string;
  place: number;
  isLast: boolean;
};

const quiet = {
  variant: "subtle",
  color: "gray",
  c: "dimmed",
  size: "md",
  className: classes["quiet"] ?? "",
} as const;

/** Not `disabled`: whoever presses it until the end keeps the focus. */
const noFurther = { "aria-disabled": true, "data-disabled": true } as const;

/** The row is about to go: the focus stays in the list. */
const focusNeighbour = (button: HTMLElement): void => {
  const row = button.closest("li");
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  neighbour?.querySelector<HTMLElement>("[data-unmap]")?.focus();
};

export const RuleRow = (props: Props) => {
  const { rule, item, roles, tenants, homeId, place, isLast, isReadOnly, onEdit } = props;
  const { key } = rule;
  const name = nameOfRule({ rule, item });
  const { ref, handleRef, isDragging } = useSortable({
    id: key,
    index: place,
    disabled: isReadOnly,
  });
  const move = (to: number) => onEdit((before) => moveRule(before, place, to));
  const role = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    // A group that gets a role moves up from the list below, and whoever chose it goes along.
    if (isAdded(rule) && document.activeElement === document.body) role.current?.focus();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it appears
  }, []);
  const tenantId = rule.tenantId ?? homeId;
  const isListed = tenants.some(({ id }) => id === tenantId);
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
      <RuleLabel rule={rule} item={item} />
      <div className={classes["controls"]}>
        {tenants.length > 1 && (
          <NativeSelect
            aria-label={`Tenant of ${name}`}
            className={classes["tenant"] ?? ""}
            title={tenants.find(({ id }) => id === tenantId)?.name ?? ""}
            data={[
              ...(isListed
                ? []
                : [{ value: tenantId, label: `${item?.tenant?.name ?? "Archived"} (archived)` }]),
              ...tenantChoices(tenants),
            ]}
            value={tenantId}
            disabled={isReadOnly}
            onChange={({ currentTarget: { value } }) =>
              onEdit((before) => changeRule(before, key, { tenantId: value }))
            }
          />
        )}
        <NativeSelect
          ref={role}
          aria-label={`Access role of ${name}`}
          className={classes["choice"] ?? ""}
          data={giveableChoices(roles)}
          value={rule.roleId}
          disabled={isReadOnly}
          onChange={({ currentTarget: { value } }) =>
            onEdit((before) => changeRule(before, key, { roleId: value }))
          }
        />
        <ActionIcon
          {...quiet}
          aria-label={`Move ${name} up`}
          disabled={isReadOnly}
          {...(place === 0 && noFurther)}
          onClick={() => move(place - 1)}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          {...quiet}
          aria-label={`Move ${name} down`}
          disabled={isReadOnly}
          {...(isLast && noFurther)}
          onClick={() => move(place + 1)}
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          {...quiet}
          aria-label={`Unmap ${name}`}
          disabled={isReadOnly}
          data-unmap
          onClick={({ currentTarget }) => {
            focusNeighbour(currentTarget);
            onEdit((before) => removeRule(before, key));
          }}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  );
};
