import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import type { Me } from "../api/contract.ts";
import { meQuery } from "../app-shell/session.ts";

/** Signs in by a POST to `path` that answers with who that is, then goes where one wanted to go. */
export const useEnter = (path: string, to = "/") => {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (body: object) => call<Me>("POST", path, { body }),
    meta: { shownInForm: true },
    onSuccess: (me) => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, me);
      router.history.push(isOwnAddress(to) ? to : "/");
    },
  });
};

/** Never leads to another site, whatever the address bar says. */
export const isOwnAddress = (to: string): boolean => /^\/(?![/\\])/.test(to);
