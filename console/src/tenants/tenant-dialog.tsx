import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { Tenant } from "../api/contract.ts";
import { ProblemNote } from "../elements/problem-note.tsx";

/** A new tenant's name, or another name for one. */
export const TenantDialog = ({ tenant, onClose }: { tenant?: Tenant; onClose: () => void }) => {
  const queries = useQueryClient();
  const [name, setName] = useState(tenant?.name ?? "");
  const save = useMutation({
    mutationFn: () =>
      tenant
        ? call("PATCH", `/tenants/${tenant.id}`, { body: { name: name.trim() } })
        : call("POST", "/tenants", { body: { name: name.trim() } }),
    meta: { shownInForm: true, done: tenant ? "Renamed." : "Added." },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["/tenants"] });
      await queries.invalidateQueries({ queryKey: ["tenants"] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={tenant ? `Rename ${tenant.name}` : "Add a tenant"}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <ProblemNote error={save.error} />
          <TextInput
            label="Name"
            description="Of the customer, subsidiary or site whose people and assets are kept apart."
            required
            data-autofocus
            maxLength={100}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              {tenant ? "Rename" : "Add"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
