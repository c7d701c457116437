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
import { useForm } from "@mantine/form";
import { giveableChoices } from "../../access/roles.ts";
import type { GroupMapping, MappingDraft, Role, Tenant } from "../../api/contract.ts";
import { Form } from "../../elements/form.tsx";
import { needed } from "../../elements/needed.ts";
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

type Values = Condition & {
  kind: "attribute" | "group";
  groupId: string | null;
  tenantId: string;
  roleId: string | null;
};

const start = { kind: "attribute", groupId: null, path: "", operator: "is", roleId: null } as const;

const asksValues = ({ operator }: Pick<Values, "operator">): boolean => operator !== "present";

/** A rule to add: whom it takes, into which tenant, as what. */
export const RuleDialog = ({ groups, roles, tenants, homeId, onAdd, onClose }: Props) => {
  const form = useForm<Values>({
    initialValues: { ...start, values: [], tenantId: homeId },
    validate: {
      groupId: (id, { kind }) => (kind === "group" ? needed("Choose a group.")(id) : null),
      path: (path, { kind }) =>
        kind === "attribute" ? needed("Enter or choose an attribute.")(path) : null,
      values: (values, rule) =>
        rule.kind === "attribute" && asksValues(rule)
          ? needed("Enter a value, and press Enter.")(values)
          : null,
      roleId: needed("Choose an access role."),
    },
  });
  const { kind } = form.values;
  const add = ({ path, operator, values, groupId, tenantId, roleId }: Values) => {
    onAdd({
      ...(kind === "group" && groupId !== null
        ? { groupId }
        : { attribute: { path, operator, values: asksValues({ operator }) ? values : [] } }),
      roleId: roleId ?? "",
      tenantId,
    });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Add a rule" size="lg">
      <Form form={form} onSend={add}>
        <Stack>
          <SegmentedControl
            aria-label="What the rule asks for"
            data={[
              { value: "attribute", label: "An attribute" },
              { value: "group", label: "A group" },
            ]}
            value={kind}
            onChange={(wanted) => form.setFieldValue("kind", wanted)}
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
              {...form.getInputProps("groupId")}
            />
          ) : (
            <>
              <Autocomplete
                label="Attribute"
                description="As SCIM writes it. Of an extension: its URN, a colon and the name."
                required
                maxLength={300}
                data={knownPaths}
                {...form.getInputProps("path")}
              />
              <Select
                label="Compared"
                data={operators}
                allowDeselect={false}
                {...form.getInputProps("operator")}
              />
              {asksValues(form.values) && (
                <TagsInput
                  label="Values"
                  description="Press Enter after each. Any of them will do; letter case does not matter."
                  required
                  maxTags={100}
                  acceptValueOnBlur
                  {...form.getInputProps("values")}
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
              {...form.getInputProps("tenantId")}
            />
          )}
          <Select
            label="Access role"
            required
            data={giveableChoices(roles)}
            {...form.getInputProps("roleId")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Add</Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
};
