import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { Tenant } from "../api/contract.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";

/** A new tenant's name, or another name for one. */
export const TenantDialog = ({ tenant, onClose }: { tenant?: Tenant; onClose: () => void }) => {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: tenant?.name ?? "" },
    validate: { name: needed("Enter a name.") },
  });
  const save = useMutation({
    mutationFn: ({ name }: typeof form.values) => {
      const body = { name: name.trim() };
      return tenant
        ? call("PATCH", `/tenants/${tenant.id}`, { body })
        : call("POST", "/tenants", { body });
    },
    meta: { shownInForm: true, done: tenant ? "Renamed." : "Added." },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["/tenants"] });
      await queries.invalidateQueries({ queryKey: ["tenants"] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={tenant ? `Rename ${tenant.name}` : "Add a tenant"}>
      <Form form={form} onSend={(values) => save.mutate(values)}>
        <Stack>
          <ProblemNote error={save.error} />
          <TextInput
            label="Name"
            description="Of the customer, subsidiary or site whose people and assets are kept apart."
            required
            data-autofocus
            maxLength={100}
            {...form.getInputProps("name")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {tenant ? "Rename" : "Add"}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
};
