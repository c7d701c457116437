import { Stack } from "@mantine/core";
import type { Connection } from "../../api/contract.ts";
import { CopyField } from "../../elements/copy-field.tsx";
import { Section } from "../../elements/section.tsx";
import { FreshToken } from "./fresh-token.tsx";
import { MakeToken } from "./make-token.tsx";
import { TokenList } from "./token-list.tsx";

export const Credentials = ({ connection }: { connection: Connection }) => (
  <Section
    title="Endpoint and Token"
    lead="Paste both into Entra, under Provisioning › Admin credentials."
    actions={<MakeToken connection={connection} />}
  >
    <Stack gap="lg">
      <CopyField label="Endpoint" value={connection.endpoint} hint="Entra calls it Tenant URL." />
      <FreshToken connectionId={connection.id} />
      <TokenList connection={connection} />
    </Stack>
  </Section>
);
