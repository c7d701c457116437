import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useMay } from "../app-shell/session.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { ButtonLink } from "../elements/button-link.tsx";

export const NoAccounts = ({
  isFiltered,
  onClear,
}: {
  isFiltered: boolean;
  onClear: () => void;
}) => {
  const may = useMay();
  if (isFiltered)
    return (
      <EmptyState
        icon={IconUsers}
        title="Nobody is like that"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        Take a filter away or search for another part of the name or address.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={IconUsers}
      title="Nobody is here yet"
      action={
        may("provisioning:view") && (
          <ButtonLink to="/settings/integrations/scim">Connect Entra</ButtonLink>
        )
      }
    >
      Connect your directory and people arrive by themselves, or add somebody by hand.
    </EmptyState>
  );
};
