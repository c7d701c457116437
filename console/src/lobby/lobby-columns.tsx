import { Button } from "@mantine/core";
import type { LobbyPerson } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { Tone } from "../elements/tone.tsx";
import { describeColumns } from "../table/columns.ts";
import classes from "./lobby.module.css";

const describe = describeColumns<LobbyPerson>();

/** @param onPlace what its button does; without it there is none */
export const lobbyColumns = (onPlace: ((person: LobbyPerson) => void) | undefined) =>
  describe.columns([
    describe.display({
      id: "person",
      header: "Person",
      cell: ({ row: { original: person } }) => (
        <>
          <div className={classes["name"]}>{person.name}</div>
          <div className={classes["detail"]}>{person.email}</div>
        </>
      ),
      meta: { width: 16 },
    }),
    describe.display({
      id: "why",
      header: "Why",
      cell: ({ row: { original: person } }) => (
        <>
          <div>{person.reason}</div>
          {person.groupCount > 0 && (
            <div className={classes["detail"]}>
              {person.groups.map(({ name }) => name).join(", ")}
              {person.groupCount > person.groups.length &&
                ` and ${person.groupCount - person.groups.length} more`}
            </div>
          )}
        </>
      ),
    }),
    describe.display({
      id: "status",
      header: "In the directory",
      cell: ({ row: { original: person } }) => (
        <>
          <Tone tone={person.active ? "ok" : "calm"}>{person.active ? "Active" : "Disabled"}</Tone>
          <div className={classes["detail"]}>{person.connection.name}</div>
        </>
      ),
      meta: { width: 11 },
    }),
    describe.display({
      id: "since",
      header: "Since",
      cell: ({ row }) => <Moment at={row.original.since} />,
      meta: { width: 7, align: "end" },
    }),
    ...(onPlace
      ? [
          describe.display({
            id: "place",
            header: "By hand",
            cell: ({ row: { original: person } }) => (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Put into a tenant: ${person.name}`}
                onClick={() => onPlace(person)}
              >
                Put into a tenant
              </Button>
            ),
            meta: { width: 11, align: "end" },
          }),
        ]
      : []),
  ]);
