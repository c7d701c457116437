import { Button } from "@mantine/core";
import { IconDoorEnter } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { LobbyPerson } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { PageHead } from "../elements/page-head.tsx";
import { RecordList } from "../table/record-list.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { usePages } from "../table/use-pages.ts";
import { lobbyColumns } from "./lobby-columns.tsx";
import classes from "./lobby.module.css";
import { PlaceDialog } from "./place-dialog.tsx";

const route = getRouteApi("/signed-in/lobby");

/** Whom no rule takes, until one does or somebody puts them into a tenant. */
export const LobbyPage = () => {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const mayPlace = useMay()("accounts:lock");
  const [chosen, setChosen] = useState<LobbyPerson>();
  const pages = usePages<LobbyPerson>("/lobby", { search });
  const columns = useMemo(() => lobbyColumns(mayPlace ? setChosen : undefined), [mayPlace]);
  const card = useMemo(() => showCard(mayPlace ? setChosen : undefined), [mayPlace]);
  const clear = () => void navigate({ search: {} });
  return (
    <>
      <PageHead
        title="Lobby"
        lead="People the directory has sent whom no rule takes. They have no account and cannot sign in."
        actions={
          <Link to="/settings/integrations/scim" search={{ tab: "roles" }}>
            Change the rules
          </Link>
        }
      />
      <RecordList
        label="People in the lobby"
        columns={columns}
        pages={pages}
        card={card}
        nouns={["person", "people"]}
        isFiltered={search !== undefined}
        onClear={clear}
        filters={
          <SearchBox
            label="Search name or e-mail"
            value={search}
            onChange={(wanted) => void navigate({ search: { search: wanted }, replace: true })}
          />
        }
        icon={IconDoorEnter}
        nothing={{
          title: "Nobody waits",
          text: "Where the default access role of a connection is none, people whom no rule takes appear here.",
        }}
        noMatch={{
          title: "Nobody in the lobby is named like that",
          text: "They may have an account: look under Sub Accounts.",
        }}
      />
      {chosen && <PlaceDialog person={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
};

const showCard =
  (onPlace: ((person: LobbyPerson) => void) | undefined) => (person: LobbyPerson) => (
    <>
      <div className={classes["name"]}>{person.name}</div>
      <div className={classes["detail"]}>{person.email}</div>
      <div className={classes["detail"]}>{person.reason}</div>
      {onPlace && (
        <Button variant="default" size="compact-sm" mt={6} onClick={() => onPlace(person)}>
          Put into a tenant
        </Button>
      )}
    </>
  );
