import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { showError, showSuccess } from "../elements/toast.tsx";
import { ApiError } from "./api-error.ts";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: {
      /** Said in a toast when it is done. */
      done?: string;
      /** The form shows what went wrong, so no toast does. */
      shownInForm?: boolean;
    };
  }
}

/**
 * One policy for all reads and writes: whatever was changed, everything on the screen is read again; an error nobody
 * shows is shown in a toast; a session that has ended leads to the sign-in page.
 */
export const createQueryClient = (onSignedOut: () => void): QueryClient => {
  const leaveWhenSignedOut = (error: unknown) => {
    if (!(error instanceof ApiError)) return;
    if (error.status === 401) onSignedOut();
    if (error.status === 403) void follow();
  };
  /** Somebody has changed what one may do: what the console offers follows. */
  const follow = () => client.invalidateQueries({ queryKey: ["me"] });
  /** A form may go away with the permission for it: what it says of the refusal stays to be read. */
  const followAndSay = async (error: unknown, form: object) => {
    const stop = client.getMutationCache().subscribe(({ type, mutation }) => {
      if (type === "observerRemoved" && mutation === form) showError(error);
    });
    await follow();
    // By then what is shown has followed as well: it was told before.
    await new Promise((drawn) => setTimeout(drawn));
    stop();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _result, mutation) => {
        if (mutation.meta?.done) showSuccess(mutation.meta.done);
        void client.invalidateQueries();
      },
      onError: (error, _variables, _result, mutation) => {
        if (mutation.meta?.shownInForm) {
          if (error instanceof ApiError && error.status === 403) void followAndSay(error, mutation);
          return;
        }
        leaveWhenSignedOut(error);
        showError(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
      },
    },
  });
  return client;
};
