import {
  Autocomplete,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
} from "@mantine/core";
import { useState } from "react";
import { giveableChoices } from "../../access/roles.ts";
import type { GroupMapping, MappingDraft, Role, Tenant } from "../../api/contract.ts";
import { tenantChoices } from "../../tenants/tenants-query.ts";
import { knownPaths, operators, type Condition } from "./condition.ts";

type Props = {
  groups: readonly GroupMapping[];
  roles: readonly Role[];
  /** Where the rule may lead; a connection of one tenant has no choice. */
  tenants: readonly Tenant[];
  homeId: string;
  onAdd: (rule: MappingDraft) => void;
  onClose: () => void;
};

const empty: Condition = { path: "", operator: "is", values: [] };

/** A rule to add: whom it takes, into which tenant, as what. */
export const RuleDialog = ({ groups, roles, tenants, homeId, onAdd, onClose }: Props) => {
  const [kind, setKind] = useState("attribute");
  const [groupId, setGroupId] = useState<string | null>(null);
  const [condition, setCondition] = useState(empty);
  const [tenantId, setTenantId] = useState<string | null>(homeId);
  const [roleId, setRoleId] = useState<string | null>(null);
  const asksValues = condition.operator !== "present";
  const isComplete =
    roleId !== null &&
    (kind === "group"
      ? groupId !== null
      : condition.path.trim() !== "" && (!asksValues || condition.values.length > 0));
  const add = () => {
    if (roleId === null) return;
    onAdd({
      ...(kind === "group" && groupId !== null
        ? { groupId }
        : { attribute: { ...condition, values: asksValues ? condition.values : [] } }),
      roleId,
      ...(tenantId !== null && { tenantId }),
    });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Add a rule" size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Stack>
          <SegmentedControl
            aria-label="What the rule asks for"
            data={[
              { value: "attribute", label: "An attribute" },
              { value: "group", label: "A group" },
            ]}
            value={kind}
            onChange={setKind}
          />
          {kind === "group" ? (
            <Select
              label="Group"
              required
              searchable
              data={groups.flatMap(({ group }) =>
                group && !group.deleted ? [{ value: group.id, label: group.name }] : [],
              )}
              nothingFoundMessage="No group is named like that"
              value={groupId}
              onChange={setGroupId}
            />
          ) : (
            <>
              <Autocomplete
                label="Attribute"
                description="As SCIM writes it. Of an extension: its URN, a colon and the name."
                required
                maxLength={300}
                data={knownPaths}
                value={condition.path}
                onChange={(path) => setCondition({ ...condition, path })}
              />
              <Select
                label="Compared"
                data={operators}
                allowDeselect={false}
                value={condition.operator}
                onChange={(operator) =>
                  operator && setCondition({ ...condition, operator: operator as "is" })
                }
              />
              {asksValues && (
                <TagsInput
                  label="Values"
                  description="Press Enter after each. Any of them will do; letter case does not matter."
                  required
                  maxTags={100}
                  acceptValueOnBlur
                  value={condition.values}
                  onChange={(values) => setCondition({ ...condition, values })}
                />
              )}
            </>
          )}
          {tenants.length > 1 && (
            <Select
              label="Tenant"
              required
              searchable
              allowDeselect={false}
              data={tenantChoices(tenants)}
              value={tenantId}
              onChange={setTenantId}
            />
          )}
          <Select
            label="Access role"
            required
            data={giveableChoices(roles)}
            value={roleId}
            onChange={setRoleId}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!isComplete}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
