import { CloseButton, TextInput } from "@mantine/core";
import { useTyped } from "./use-typed.ts";

type Props = {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** One filter: a text that must be so, taken as one types. */
export const FilterText = ({ label, placeholder, value = "", onChange }: Props) => {
  const { input, text, type, clear } = useTyped(value, onChange);
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
          <CloseButton size="sm" aria-label={`Clear ${label.toLowerCase()}`} onClick={clear} />
        )
      }
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
};
