import { Button, Container } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../elements/empty-state.tsx";

export const NotFound = () => (
  <Container size="sm">
    <title>Page not found · Muster</title>
    <EmptyState
      icon={IconMapOff}
      title="There is no page at this address"
      action={
        <Button component={Link} to="/">
          To the overview
        </Button>
      }
    >
      The link may be old or mistyped. Everything can be reached from the navigation.
    </EmptyState>
  </Container>
);
