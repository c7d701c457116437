import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useIsHere } from "../app-shell/use-is-here.ts";

/**
 * What is typed into a filter: shown at once, told when the keys rest, and never once one is on the way to another page,
 * which it would turn back from.
 */
export const useTyped = (value: string, onChange: (value: string | undefined) => void) => {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const isHere = useIsHere();
  const tell = useDebouncedCallback((wanted: string) => {
    if (isHere()) onChange(wanted.trim() || undefined);
  }, 250);
  // The address may change under it: back button, a link, Clear filters.
  useEffect(() => {
    if (document.activeElement !== input.current || value === "") setText(value);
  }, [value]);
  return {
    input,
    text,
    type: (wanted: string) => {
      setText(wanted);
      tell(wanted);
    },
    clear: () => {
      setText("");
      tell.cancel();
      onChange(undefined);
    },
  };
};
