import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Connection } from "../../api/contract.ts";
import type { Mappings } from "../queries.ts";
import { draftOf, isSameDraft, toRequest, type Draft } from "./draft.ts";

/** The rules being edited over those that are in force; saving tells which application carries them out. */
export const useRules = (connection: Connection, inForce: Mappings) => {
  const base = draftOf(connection, inForce.items);
  const [edited, setEdited] = useState<Draft>();
  const draft = edited ?? base;
  const save = useMutation({
    mutationFn: async () => {
      if (draft.defaultRoleId !== base.defaultRoleId)
        await call("PATCH", `/connections/${connection.id}`, {
          body: { defaultRoleId: draft.defaultRoleId },
        });
      return call<Mappings>("PUT", `/connections/${connection.id}/group-mappings`, {
        body: { mappings: toRequest(draft).mappings },
      });
    },
    onSuccess: () => setEdited(undefined),
  });
  return {
    draft,
    isChanged: !isSameDraft(draft, base),
    edit: (change: (draft: Draft) => Draft) => setEdited(change(draft)),
    discard: () => setEdited(undefined),
    save,
    applicationId: save.data?.application?.id ?? runningId(inForce),
  };
};

const runningId = ({ application }: Mappings): string | undefined =>
  application?.finishedAt === null ? application.id : undefined;
