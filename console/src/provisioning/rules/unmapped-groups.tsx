import { Button, NativeSelect, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { giveableChoices } from "../../access/roles.ts";
import type { GroupMapping } from "../../api/contract.ts";
import type { RuleProps } from "./default-role.tsx";
import { addRule } from "./draft.ts";
import classes from "./group-mappings.module.css";
import { RuleLabel } from "./rule-label.tsx";

const step = 50;

/** Pushed groups that give no role; there may be thousands. */
export const UnmappedGroups = (props: RuleProps & { items: readonly GroupMapping[] }) => {
  const { items, roles, isReadOnly, onEdit } = props;
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState(step);
  const wanted = search.trim().toLowerCase();
  const found = items.flatMap((item) =>
    item.group?.name.toLowerCase().includes(wanted) ? [{ item, group: item.group }] : [],
  );
  const choices = [{ value: "", label: "Not mapped" }, ...giveableChoices(roles)];
  return (
    <>
      <div className={classes["subhead"]}>
        <Title order={3}>Not mapped ({items.length.toLocaleString()})</Title>
        {items.length > 10 && (
          <TextInput
            size="xs"
            aria-label="Search groups that are not mapped"
            placeholder="Search groups"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        )}
      </div>
      <ul className={classes["list"]} aria-label="Groups that are not mapped">
        {found.slice(0, shown).map(({ item, group }) => (
          <li key={group.id} className={classes["row"]}>
            <RuleLabel rule={{}} item={item} />
            <NativeSelect
              aria-label={`Access role of ${group.name}`}
              data={choices}
              value=""
              disabled={isReadOnly || group.deleted}
              onChange={({ currentTarget: { value } }) =>
                onEdit((before) => addRule(before, { groupId: group.id, roleId: value }))
              }
            />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={classes["hint"]}>No group is named like that.</p>}
      {found.length > shown && (
        <div className={classes["more"]}>
          <Button variant="default" size="compact-sm" onClick={() => setShown(shown + 4 * step)}>
            Show more of {found.length.toLocaleString()}
          </Button>
        </div>
      )}
    </>
  );
};
