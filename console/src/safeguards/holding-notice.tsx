import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../app-shell/session.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { Note } from "../elements/note.tsx";
import { connectionsQuery } from "../provisioning/queries.ts";
import { holdingQuery } from "./queries.ts";

/** Tells whoever may decide that a connection holds something, or is on a dry run. */
export const HoldingNotice = () => {
  const isAllowed = useMay()("provisioning:view");
  const { data: holding = [] } = useQuery({ ...holdingQuery, enabled: isAllowed });
  const { data: connections = [] } = useQuery({
    ...connectionsQuery,
    enabled: holding.length > 0,
  });
  if (holding.length === 0) return null;
  return (
    <Stack gap="sm">
      {holding.map(({ connectionId, mode, held, trippedAt }) => {
        const name = connections.find(({ id }) => id === connectionId)?.name ?? "A connection";
        const people = `${held.toLocaleString()} ${held === 1 ? "person" : "people"}`;
        return (
          <Note
            key={connectionId}
            tone={mode === "dry-run" ? "calm" : "warn"}
            title={
              mode === "dry-run"
                ? `${name} is on a dry run`
                : `${name}: ${people} held${trippedAt === null ? "" : " by the guard"}`
            }
            action={
              <ButtonLink
                to="/settings/integrations/scim/$connectionId/held"
                params={{ connectionId }}
                variant="default"
              >
                Look at them
              </ButtonLink>
            }
          >
            {mode === "dry-run"
              ? `What it says of ${people} is listed and takes no effect.`
              : trippedAt === null
                ? "A tenant would lose its last Administrator. Make another one there, then apply."
                : "The directory would take access from unusually many people. Decide what happens."}
          </Note>
        );
      })}
    </Stack>
  );
};
