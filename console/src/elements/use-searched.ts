import type { OptionsFilter } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

const everything: OptionsFilter = ({ options }) => options;

/**
 * The text typed into a choice that the server searches, and `wanted`, what to ask it for. Until the answer to all of the
 * text is there, only those of the last one that are like it are offered: whoever types on and presses Enter never takes
 * somebody else.
 */
export const useSearched = () => {
  const [search, setSearch] = useState("");
  const typed = search.trim();
  const [wanted] = useDebouncedValue(typed, 200);
  return {
    search,
    setSearch,
    wanted,
    /** @param isOlder whether what is offered answers an earlier question */
    offer: (isOlder: boolean, nothing: string) => {
      const isSearching = isOlder || wanted !== typed;
      return {
        ...(!isSearching && { filter: everything }),
        nothingFoundMessage: isSearching ? "Searching…" : nothing,
      };
    },
  };
};
