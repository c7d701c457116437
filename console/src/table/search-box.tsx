import { CloseButton, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTyped } from "./use-typed.ts";

type Props = {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** Searches as one types. `/` goes to it, Esc empties and leaves it. */
export const SearchBox = ({ label, value = "", onChange }: Props) => {
  const { input, text, type, clear } = useTyped(value, onChange);
  useHotkeys([["/", () => input.current?.focus()]]);
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
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key !== "Escape") return;
        clear();
        input.current?.blur();
      }}
    />
  );
};
