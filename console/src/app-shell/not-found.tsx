import { Container } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { EmptyState } from "../elements/empty-state.tsx";
import { ButtonLink } from "../elements/button-link.tsx";

export const NotFound = () => (
  <Container size="sm" component="main">
    <title>Page not found · Muster</title>
    <EmptyState
      icon={IconMapOff}
      title="There is no page at this address"
      level={1}
      action={<ButtonLink to="/">To the overview</ButtonLink>}
    >
      The link may be old or mistyped. Everything can be reached from the navigation.
    </EmptyState>
  </Container>
);
