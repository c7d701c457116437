import type { Account } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { Note } from "../elements/note.tsx";
import { ButtonLink } from "../elements/button-link.tsx";

const because: Record<NonNullable<Account["heldChange"]>["because"], string> = {
  "dry-run": "Dry run: the directory wants something else",
  guard: "Held by the guard",
  "last-administrator": "Held: the tenant would lose its last Administrator",
};

/** On the page of a Sub Account: what the directory wants of it and does not get. */
export const AccountHeldNote = ({ account }: { account: Account }) => {
  const { heldChange: held, connection, name } = account;
  if (held === null) return null;
  return (
    <Note
      tone={held.because === "dry-run" || held.discarded ? "calm" : "warn"}
      title={held.discarded ? `Left as it is by ${held.discarded.by}` : because[held.because]}
      action={
        connection && (
          <ButtonLink
            to="/settings/integrations/scim/$connectionId/held"
            params={{ connectionId: connection.id }}
            search={{ search: name, ...(held.discarded && { state: "discarded" }) }}
            variant="default"
          >
            Decide
          </ButtonLink>
        )
      }
    >
      {held.sentences.join("; ")} (<Moment at={held.heldAt} />)
    </Note>
  );
};
