import { Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Connection } from "../../api/contract.ts";
import { CopyField } from "../../elements/copy-field.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { clientSecretsQuery } from "../queries.ts";
import { CredentialList } from "./credential-list.tsx";
import { FreshCredential } from "./fresh-credential.tsx";
import { MakeCredential } from "./make-credential.tsx";

/** The other way for Entra to sign in: OAuth 2.0 client credentials instead of a token. */
export const ClientSecrets = ({ connection }: { connection: Connection }) => {
  const client = useQuery(clientSecretsQuery(connection.id));
  const live = client.data?.items.filter(({ state }) => state === "live").length ?? 0;
  return (
    <Section
      title="OAuth client credentials"
      lead="Instead of a token: Entra gets an access token every hour for a client secret."
      actions={<MakeCredential connectionId={connection.id} kind="secret" live={live} />}
    >
      {client.isPending ? (
        <Skeleton height={160} />
      ) : client.error ? (
        <ProblemNote error={client.error} onRetry={client.refetch} />
      ) : (
        <Stack gap="lg">
          <CopyField
            label="Token endpoint"
            value={client.data.tokenEndpoint}
            hint="In Entra choose OAuth2 client credentials grant as authentication method, with Endpoint as Tenant URL. Sending the credentials in the header or in the body both work; leave Scopes empty."
          />
          <CopyField
            label="Client ID"
            value={client.data.clientId}
            hint="Entra calls it Client Identifier."
          />
          <FreshCredential connectionId={connection.id} kind="secret" />
          <CredentialList
            connectionId={connection.id}
            kind="secret"
            credentials={client.data.items}
          />
        </Stack>
      )}
    </Section>
  );
};
