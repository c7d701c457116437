import { Button, Stack } from "@mantine/core";
import { CopyField } from "../../elements/copy-field.tsx";
import { Note } from "../../elements/note.tsx";
import { useFreshCredential } from "../fresh-credential.ts";
import { kinds, type CredentialKind } from "./kinds.ts";

type Props = { connectionId: string; kind: CredentialKind };

/** The token or secret just made: this is the only time it can be seen. */
export const FreshCredential = ({ connectionId, kind }: Props) => {
  const { value, dismiss } = useFreshCredential(connectionId, kind);
  const { label, hint } = kinds[kind];
  if (value === undefined) return null;
  return (
    <Stack gap="xs">
      <CopyField label={label} value={value} hint={hint} />
      <Note
        tone="warn"
        title="Copy it now: it is shown this once"
        action={
          <Button variant="default" size="compact-sm" onClick={dismiss}>
            I have it
          </Button>
        }
      >
        Muster keeps only a fingerprint. A lost one is replaced by making another.
      </Note>
    </Stack>
  );
};
