import { Button, Select, TextInput, Stack, Modal, Group } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { chosenTenant } from "../api/chosen-tenant.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { useMay, useSession } from "../app-shell/session.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
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
  if (!may("provisioning:edit")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={15} />} onClick={dialog.open}>
        Add a connection
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title="Add a connection">
        <ConnectionForm onDone={dialog.close} />
      </Modal>
    </>
  );
};

const ConnectionForm = ({ onDone }: { onDone: () => void }) => {
  const tenants = useTenants();
  const { tenant: home } = useSession();
  const hasChoice = home.isSuper && tenants.length > 1;
  const create = useCreateConnection();
  const form = useForm({
    initialValues: { name: "", tenantId: chosenTenant() ?? home.id },
    validate: { name: needed("Enter a name.") },
  });
  return (
    <Form
      form={form}
      onSend={({ name, tenantId }) =>
        create.mutate({ name: name.trim(), ...(hasChoice && { tenantId }) }, { onSuccess: onDone })
      }
    >
      <Stack>
        <TextInput
          label="Name"
          description="Of the identity provider or the company, such as Fabrikam Entra ID."
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {hasChoice && (
          <Select
            label="Tenant"
            description="At the super tenant, rules send people to any tenant."
            searchable
            allowDeselect={false}
            data={tenantChoices(tenants)}
            {...form.getInputProps("tenantId")}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
