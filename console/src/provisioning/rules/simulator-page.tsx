import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Select,
  Skeleton,
  Stack,
  TextInput,
} from "@mantine/core";
import { IconListCheck, IconPlus, IconX } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { call, get } from "../../api/client.ts";
import type { AccountRow, LobbyPerson, Page, Simulation } from "../../api/contract.ts";
import { EmptyState } from "../../elements/empty-state.tsx";
import { PageHead } from "../../elements/page-head.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { useSearched } from "../../elements/use-searched.ts";
import { connectionQuery, mappingsQuery } from "../queries.ts";
import { knownPaths } from "./condition.ts";
import { SimulationResult } from "./simulation-result.tsx";
import classes from "./simulator.module.css";

const route = getRouteApi("/signed-in/settings/integrations/scim/$connectionId/simulator");

type Typed = { key: number; path: string; value: string };

/** Pick a person, or type one: which rules fire, where they lead, and why. Nothing is changed. */
export const SimulatorPage = () => {
  const { connectionId } = route.useParams();
  const connection = useQuery(connectionQuery(connectionId));
  const mappings = useQuery({ ...mappingsQuery(connectionId), refetchInterval: false });
  const [personId, setPersonId] = useState<string | null>(null);
  const [groupIds, setGroupIds] = useState<string[]>([]);
  const [typed, setTyped] = useState<Typed[]>([]);
  const [isActive, setIsActive] = useState(true);
  const simulate = useMutation({
    mutationFn: () =>
      call<Simulation>("POST", `/connections/${connectionId}/simulation`, {
        body: {
          ...(personId ? { personId } : { active: isActive }),
          ...((personId === null || groupIds.length > 0) && { groupIds }),
          attributes: typed
            .filter(({ path }) => path.trim())
            .map(({ path, value }) => ({ path: path.trim(), value })),
        },
      }),
    meta: { shownInForm: true },
  });
  const groups = new Map(
    (mappings.data?.items ?? []).flatMap(({ group }): [string, string][] =>
      group ? [[group.id, group.name]] : [],
    ),
  );
  const change = (key: number, part: Partial<Typed>) =>
    setTyped(typed.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <>
      <PageHead
        title="Try the rules"
        crumbs={[
          "Settings",
          <Link key="scim" to="/settings/integrations/scim" children="SCIM" />,
          <Link
            key="connection"
            to="/settings/integrations/scim/$connectionId"
            params={{ connectionId }}
            search={{ tab: "roles" }}
            children={connection.data?.name ?? "Connection"}
          />,
        ]}
        lead="Which rules take a person, in which tenants and as what, and why. Nothing is changed."
      />
      <div className={classes["columns"]}>
        <Section title="Who">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              simulate.mutate();
            }}
          >
            <Stack>
              <Person value={personId} onChange={setPersonId} />
              <MultiSelect
                label="Groups"
                description={
                  personId ? "In place of those the person is in." : "That the person would be in."
                }
                searchable
                clearable
                limit={50}
                data={Array.from(groups, ([value, label]) => ({ value, label }))}
                value={groupIds}
                onChange={setGroupIds}
              />
              {typed.map(({ key, path, value }, index) => (
                <Group key={key} wrap="nowrap" gap="xs" align="end">
                  <Autocomplete
                    label="Attribute"
                    aria-label={`Attribute ${index + 1}`}
                    flex={2}
                    data={knownPaths}
                    value={path}
                    onChange={(wanted) => change(key, { path: wanted })}
                  />
                  <TextInput
                    label="Value"
                    aria-label={`Value ${index + 1}`}
                    flex={1}
                    value={value}
                    onChange={({ currentTarget }) => change(key, { value: currentTarget.value })}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="lg"
                    aria-label={`Take attribute ${index + 1} away`}
                    onClick={() => setTyped(typed.filter((one) => one.key !== key))}
                  >
                    <IconX size={16} aria-hidden />
                  </ActionIcon>
                </Group>
              ))}
              <Group justify="space-between">
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} aria-hidden />}
                  onClick={() => setTyped([...typed, { key: Date.now(), path: "", value: "" }])}
                >
                  Add an attribute
                </Button>
                {personId === null && (
                  <Checkbox
                    label="Active in the directory"
                    checked={isActive}
                    onChange={({ currentTarget }) => setIsActive(currentTarget.checked)}
                  />
                )}
              </Group>
              <Group justify="flex-end">
                <Button type="submit" loading={simulate.isPending}>
                  Try
                </Button>
              </Group>
            </Stack>
          </form>
        </Section>
        <div aria-live="polite">
          <ProblemNote error={simulate.error} />
          {simulate.isIdle && (
            <EmptyState icon={IconListCheck} title="Nobody has been tried yet">
              Choose somebody, or say which groups and attributes they would have, and press Try.
            </EmptyState>
          )}
          {simulate.isPending && <Skeleton height={240} />}
          {simulate.data && <SimulationResult simulation={simulate.data} />}
        </div>
      </div>
    </>
  );
};

type PersonProps = { value: string | null; onChange: (id: string | null) => void };

/** Somebody with an account, or in the lobby, by name. */
const Person = ({ value, onChange }: PersonProps) => {
  const { search, setSearch, wanted, offer } = useSearched();
  const found = useQuery({
    queryKey: ["simulator", "people", wanted],
    queryFn: async ({ signal }) => {
      const query = { search: wanted, limit: 20 };
      const accounts = await get<Page<AccountRow>>("/accounts", { query, signal });
      const lobby = await get<Page<LobbyPerson>>("/lobby", { query, signal });
      return new Map([
        ...accounts.items.flatMap(({ personId, name }): [string, string][] =>
          personId === null ? [] : [[personId, name]],
        ),
        ...lobby.items.map(({ id, name }): [string, string] => [id, `${name} (lobby)`]),
      ]);
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      label="Person"
      description="Leave it empty to type somebody who does not exist yet."
      placeholder="Name or e-mail"
      searchable
      clearable
      data={Array.from(found.data ?? [], ([id, label]) => ({ value: id, label }))}
      {...offer(
        found.isPlaceholderData || found.isPending,
        "Nobody of a directory is named like that",
      )}
      searchValue={search}
      onSearchChange={setSearch}
      value={value}
      onChange={onChange}
    />
  );
};
