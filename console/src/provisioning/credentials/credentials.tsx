import { Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Connection } from "../../api/contract.ts";
import { CopyField } from "../../elements/copy-field.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { tokensQuery } from "../queries.ts";
import { CredentialList } from "./credential-list.tsx";
import { FreshCredential } from "./fresh-credential.tsx";
import { MakeCredential } from "./make-credential.tsx";

export const Credentials = ({ connection }: { connection: Connection }) => (
  <Section
    title="Endpoint and Token"
    lead="Paste both into Entra, under Provisioning › Admin credentials."
    actions={
      <MakeCredential connectionId={connection.id} kind="token" live={connection.liveTokens} />
    }
  >
    <Stack gap="lg">
      <CopyField label="Endpoint" value={connection.endpoint} hint="Entra calls it Tenant URL." />
      <FreshCredential connectionId={connection.id} kind="token" />
      <Tokens connectionId={connection.id} />
    </Stack>
  </Section>
);

const Tokens = ({ connectionId }: { connectionId: string }) => {
  const tokens = useQuery(tokensQuery(connectionId));
  if (tokens.isPending) return <Skeleton height={56} />;
  if (tokens.error) return <ProblemNote error={tokens.error} onRetry={tokens.refetch} />;
  return <CredentialList connectionId={connectionId} kind="token" credentials={tokens.data} />;
};
