import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

type Props = {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** Searches as one types. `/` goes to it, Esc empties and leaves it. */
export const SearchBox = ({ label, value = "", onChange }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const search = useDebouncedCallback(
    (wanted: string) => onChange(wanted.trim() || undefined),
    250,
  );
  // The address may change under it: back button, a link, Clear filters.
  useEffect(() => {
    if (document.activeElement !== input.current || value === "") setText(value);
  }, [value]);
  useHotkeys([["/", () => input.current?.focus()]]);
  const clear = () => {
    setText("");
    search.cancel();
    onChange(undefined);
  };
  return (
    <TextInput
      ref={input}
      type="text"
      role="searchbox"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={label}
      value={text}
      flex="1 1 15rem"
      maw={{ base: "100%", sm: "22rem" }}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={clear} />}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
      onKeyDown={({ key }) => {
        if (key !== "Escape") return;
        clear();
        input.current?.blur();
      }}
    />
  );
};
