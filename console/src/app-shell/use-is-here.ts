import { useMatch, useRouter } from "@tanstack/react-router";

/**
 * Tells, whenever it is asked, whether one is still on the page that the component is of: not once one has left it, and
 * not on the way to another. For whatever would go somewhere later than the press that it follows from.
 */
export const useIsHere = (): (() => boolean) => {
  const router = useRouter();
  const page = useMatch({ strict: false, select: ({ pathname }) => pathname });
  return () => trim(router.latestLocation.pathname) === trim(page);
};

/** With a slash at its end an address is of the same page. */
const trim = (path: string) => path.replace(/\/+$/, "");
