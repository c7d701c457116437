import { Button, Select, TextInput, Stack, Modal, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { chosenTenant } from "../api/chosen-tenant.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { useMay, useSession } from "../app-shell/session.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { Section } from "../elements/section.tsx";
import { tenantChoices, useTenants } from "../tenants/tenants-query.ts";
import { ConnectionList } from "./connection-list.tsx";
import { ConnectionView } from "./connection-view.tsx";
import { useCreateConnection } from "./create-connection.ts";
import { connectionsQuery } from "./queries.ts";

const route = getRouteApi("/signed-in/settings/integrations/scim");

/** The one connection; or the list of them; or how to make the first. */
export const ScimPage = () => {
  const { tab } = route.useSearch();
  const connections = useQuery(connectionsQuery);
  if (connections.isPending) return <PageSkeleton />;
  if (connections.error)
    return <ProblemPage error={connections.error} onRetry={connections.refetch} />;
  const [only, second] = connections.data;
  if (only && !second)
    return <ConnectionView connection={only} tab={tab} actions={<AddConnection />} />;
  return (
    <>
      <PageHead
        title="SCIM"
        crumbs={["Settings", <Link key="up" to="/settings/integrations" children="Integrations" />]}
        actions={only && <AddConnection />}
      />
      <Section title="Connections" isFlush>
        {only ? <ConnectionList connections={connections.data} tab={tab} /> : <FirstConnection />}
      </Section>
    </>
  );
};

const FirstConnection = () => {
  const may = useMay();
  const create = useCreateConnection();
  return (
    <EmptyState
      icon={IconPlugConnected}
      title="No identity provider is connected"
      action={
        may("provisioning:edit") && (
          <Button
            loading={create.isPending}
            onClick={() => create.mutate({ name: "Microsoft Entra ID" })}
          >
            Connect Microsoft Entra ID
          </Button>
        )
      }
    >
      Make a connection to get the Endpoint and Token that Entra asks for. People and groups then
      arrive by themselves, and leave when they leave.
    </EmptyState>
  );
};

const AddConnection = () => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  const [name, setName] = useState("");
  const [tenantId, setTenantId] = useState<string | null>(null);
  const tenants = useTenants();
  const { tenant: home } = useSession();
  const create = useCreateConnection();
  if (!may("provisioning:edit")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={15} />} onClick={dialog.open}>
        Add a connection
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title="Add a connection">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const body = { name: name.trim(), ...(tenantId !== null && { tenantId }) };
            create.mutate(body, { onSuccess: dialog.close });
          }}
        >
          <Stack>
            <TextInput
              label="Name"
              description="Of the identity provider or the company, such as Fabrikam Entra ID."
              required
              maxLength={100}
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            {home.isSuper && tenants.length > 1 && (
              <Select
                label="Tenant"
                description="At the super tenant, rules send people to any tenant."
                searchable
                allowDeselect={false}
                data={tenantChoices(tenants)}
                value={tenantId ?? chosenTenant() ?? home.id}
                onChange={setTenantId}
              />
            )}
            <Group justify="flex-end">
              <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
                Add
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
};
