import { Button, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { Account } from "../api/contract.ts";
import { CopyField } from "../elements/copy-field.tsx";
import { Note } from "../elements/note.tsx";
import { sayExactly } from "../elements/time.ts";

/** A one-time link by which the person chooses a password, to be handed over by whoever made it. */
export const SignInLink = ({ account }: { account: Account }) => {
  const create = useMutation({
    mutationFn: () =>
      call<{ url: string; expiresAt: string }>("POST", `/accounts/${account.id}/sign-in-link`),
  });
  return (
    <>
      <Button variant="default" loading={create.isPending} onClick={() => create.mutate()}>
        Create sign-in link
      </Button>
      <Modal
        opened={create.data !== undefined}
        onClose={create.reset}
        title={`Sign-in link for ${account.name}`}
      >
        {create.data && (
          <Stack>
            <CopyField
              label="Link"
              value={create.data.url}
              hint={`Works once, until ${sayExactly(create.data.expiresAt)}.`}
            />
            <Note tone="warn" title="Copy it now: it is shown this once">
              Hand it to {account.name} only. Whoever opens it chooses the password.
            </Note>
          </Stack>
        )}
      </Modal>
    </>
  );
};
