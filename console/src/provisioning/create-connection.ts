import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import type { Connection } from "../api/contract.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";
import { useKeepFreshCredential } from "./fresh-credential.ts";

/** Makes a connection, with its first token, and goes to its page. */
export const useCreateConnection = () => {
  const keepFresh = useKeepFreshCredential();
  const navigate = useNavigate();
  const isHere = useIsHere();
  return useMutation({
    mutationFn: (body: { name: string; tenantId?: string }) =>
      call<Connection & { token: string }>("POST", "/connections", { body }),
    onMutate: () => isHere,
    onSuccess: ({ id, token }, _values, isStillHere) => {
      keepFresh(id, "token", token);
      if (!isStillHere()) return;
      void navigate({
        to: "/settings/integrations/scim/$connectionId",
        params: { connectionId: id },
      });
    },
  });
};
