import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

type Props = {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** One filter: a text that must be so, taken as one types. */
export const FilterText = ({ label, placeholder, value = "", onChange }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback((wanted: string) => onChange(wanted.trim() || undefined), 250);
  // The address may change under it: back button, a link, Clear filters.
  useEffect(() => {
    if (document.activeElement !== input.current || value === "") setText(value);
  }, [value]);
  return (
    <TextInput
      ref={input}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      maxLength={500}
      flex={{ base: "1 1 10rem", sm: "0 1 10rem" }}
      miw="8.5rem"
      rightSection={
        text && (
          <CloseButton
            size="sm"
            aria-label={`Clear ${label.toLowerCase()}`}
            onClick={() => {
              setText("");
              tell.cancel();
              onChange(undefined);
            }}
          />
        )
      }
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
};
