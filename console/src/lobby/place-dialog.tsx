import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { giveableChoices, useRoles } from "../access/roles.ts";
import { call } from "../api/client.ts";
import type { LobbyPerson } from "../api/contract.ts";
import { useSession } from "../app-shell/session.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { tenantChoices, useTenants } from "../tenants/tenants-query.ts";

type Props = { person: LobbyPerson; onClose: () => void };

/** Puts somebody into a tenant by hand: a lock that holds there whatever the rules say. */
export const PlaceDialog = ({ person, onClose }: Props) => {
  const roles = useRoles();
  const tenants = useTenants();
  const { tenant } = useSession();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { tenantId: tenant.id, roleId: "", reason: "" },
    validate: { roleId: needed("Choose an access role.") },
  });
  const place = useMutation({
    mutationFn: ({ reason, ...values }: typeof form.values) =>
      call<{ accountId: string }>("POST", `/lobby/${person.id}/placement`, {
        body: { ...values, ...(reason.trim() && { reason: reason.trim() }) },
      }),
    meta: { shownInForm: true, done: `${person.name} has an account now.` },
    onMutate: () => isHere,
    onSuccess: async ({ accountId }, _values, isStillHere) => {
      await queries.invalidateQueries({ queryKey: ["/lobby"] });
      if (isStillHere()) void navigate({ to: "/accounts/$id", params: { id: accountId } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Put ${person.name} into a tenant`}>
      <Form form={form} onSend={(values) => place.mutate(values)}>
        <Stack>
          <ProblemNote error={place.error} />
          <Text size="sm">
            It is a role lock: it holds whatever the rules say. Take the lock away, and the rules
            decide again. For many people alike, make a rule instead.
          </Text>
          <Select
            label="Tenant"
            required
            searchable
            allowDeselect={false}
            data={tenantChoices(tenants)}
            {...form.getInputProps("tenantId")}
          />
          <Select
            label="Access role"
            required
            data={giveableChoices(roles)}
            {...form.getInputProps("roleId")}
          />
          <TextInput label="Reason" maxLength={500} {...form.getInputProps("reason")} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={place.isPending}>
              Put into tenant
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
};
