import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Connection } from "../../api/contract.ts";
import { connectionQuery, connectionsQuery, mappingsQuery, type Mappings } from "../queries.ts";
import { draftOf, isSameDraft, toRequest, type Draft } from "./draft.ts";

/** The rules being edited over those that are in force; saving tells which application carries them out. */
export const useRules = (connection: Connection, inForce: Mappings) => {
  const base = draftOf(connection, inForce.items);
  const [edited, setEdited] = useState<Draft>();
  const draft = edited ?? base;
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: async (sent: Draft) => {
      const path = `/connections/${connection.id}`;
      const { defaultRoleId } = sent;
      const owner =
        defaultRoleId === base.defaultRoleId
          ? connection
          : await call<Connection>("PATCH", path, { body: { defaultRoleId } });
      const { mappings } = toRequest(sent);
      const saved = await call<Mappings>("PUT", `${path}/group-mappings`, { body: { mappings } });
      return { owner, saved };
    },
    onSuccess: ({ owner, saved }, sent) => {
      // It is in force before the page has read it again; what was edited meanwhile stays an edit.
      queries.setQueryData(mappingsQuery(owner.id).queryKey, saved);
      queries.setQueryData(connectionQuery(owner.id).queryKey, owner);
      queries.setQueryData(connectionsQuery.queryKey, (all) =>
        all?.map((one) => (one.id === owner.id ? owner : one)),
      );
      setEdited((now) => (now === sent ? undefined : now));
    },
  });
  return {
    draft,
    isChanged: !isSameDraft(draft, base),
    edit: (change: (draft: Draft) => Draft) => setEdited(change(draft)),
    discard: () => setEdited(undefined),
    save: () => save.mutate(draft),
    isSaving: save.isPending,
    applicationId: save.data?.saved.application?.id ?? runningId(inForce),
  };
};

const runningId = ({ application }: Mappings): string | undefined =>
  application?.finishedAt === null ? application.id : undefined;
