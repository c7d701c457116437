import { Button, Stack } from "@mantine/core";
import { CopyField } from "../../elements/copy-field.tsx";
import { Note } from "../../elements/note.tsx";
import { useFreshToken } from "../fresh-token.ts";

/** The token just made: this is the only time it can be seen. */
export const FreshToken = ({ connectionId }: { connectionId: string }) => {
  const { token, dismiss } = useFreshToken(connectionId);
  if (token === undefined) return null;
  return (
    <Stack gap="xs">
      <CopyField label="Token" value={token} hint="Entra calls it Secret token." />
      <Note
        tone="warn"
        title="Copy it now: it is shown this once"
        action={
          <Button variant="default" size="compact-sm" onClick={dismiss}>
            I have it
          </Button>
        }
      >
        Muster keeps only a fingerprint. A lost token is replaced by making another one.
      </Note>
    </Stack>
  );
};
